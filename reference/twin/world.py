"""Who lives where: an animal, and the world of one replicate."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orientalis.engine.codes import DEATHS, NUMBER, Cause, Event, Sex, Stage, Status, Stream
from orientalis.engine.record import BINS
from orientalis.engine.world import Inputs
from reference.twin.chance import bits, uniform
from reference.twin.rates import MONTHS, NO_HEADING, Rates

if TYPE_CHECKING:
    from reference.twin.people import People

NOT_PREGNANT = -1


@dataclass
class Animal:
    """One animal; ages and durations in ticks.

    mother and her dependants are linked while the young is dependent; on a map `cell` is the centre of its range or
    its place, `natal` where its dispersal began (None once it settled), `since` the tick at which its status began.
    """

    uid: int
    sex: int
    age: int
    independence: int = 0
    mother: "Animal | None" = None
    dependants: "list[Animal]" = field(default_factory=list)
    gestation: int = NOT_PREGNANT
    sire: int = 0
    litters: int = 0
    cause: Cause = Cause.NONE
    status: Status = Status.DISPERSER
    cell: int = -1
    natal: int | None = None
    heading: int = NO_HEADING
    wander: int = 0
    since: int = -1
    range: list[int] = field(default_factory=list)
    guardian: "Animal | None" = None
    is_immune: bool = False
    hunger: float = 1.0
    load: float = 0.0
    mother_uid: int = 0
    genes: list[tuple[int, int]] = field(default_factory=list)
    sire_genes: list[tuple[int, int]] = field(default_factory=list)
    inbred: int = 0
    mate: "Animal | None" = None
    fed: float = 1.0

    @property
    def is_living(self) -> bool:
        """Whether it has met no cause of death yet."""
        return self.cause == Cause.NONE

    @property
    def is_female(self) -> bool:
        """Whether it is a female."""
        return self.sex == Sex.FEMALE

    @property
    def is_resident(self) -> bool:
        """Whether it holds a range."""
        return self.status == Status.RESIDENT


class World:
    """One replicate: animals by identity, how often each cell is claimed, what was counted, and the date."""

    rates: Rates
    woods: Any

    def __init__(self, inputs: Inputs, index: int) -> None:
        settings = inputs.settings
        self.inputs = inputs
        self.index = index
        self.replicate = settings.first_replicate + index
        self.environment_key, self.chance_key = inputs.keys[index].tolist()
        self.months = settings.months_a_tick
        self.is_spatial = settings.is_spatial
        self.tick = self.year = self.month = 0
        self.animals: dict[int, Animal] = {}
        self.period: list[float] = inputs.classes.period.tolist()
        self.class_months: list[int] = inputs.classes.months.tolist()
        self.variation: list[int] = inputs.classes.variation.tolist()
        self.class_of_age: list[int] = inputs.classes.of_age.tolist()
        self.start_inbreeding = self.spared = 0.0
        self._read_land()
        self.food = [0.0] * len(self.kind)
        self.pasture: object = None
        self.tally: dict[tuple[int, int], int] = {}
        self.distances = [[0] * BINS, [0] * BINS]
        self.events: list[tuple[int, ...]] = []
        self.people_around: People | None = None

    def _read_land(self) -> None:
        land = self.inputs.land
        self.kind: list[int] = land.kind.tolist()
        self.is_habitat: list[int] = land.is_habitat[0].tolist()
        self.suitability: list[int] = land.suitability[0].tolist()
        self.prey: list[float] = land.prey.tolist()
        self.people: list[float] = land.people.tolist()
        self.roads: list[float] = land.roads.tolist()
        self.zone: list[int] = land.zone.tolist()
        self.neighbours: list[int] = land.offsets.tolist() if self.is_spatial else []
        self.cell_km = float(land.cell_km)
        self.row_width = 1 << land.shift
        self.claims = [[0] * len(self.kind), [0] * len(self.kind)]

    def uniform(self, uid: int, tick: int, stream: Stream, index: int = 0) -> float:
        """A random number by its address under the key of chance."""
        return uniform(self.chance_key, uid, tick, stream, index)

    def living(self) -> list[Animal]:
        """All that live."""
        return [animal for animal in self.animals.values() if animal.is_living]

    def road_at(self, cell: int) -> float:
        """Index of roads, 0 to 1; a logging road counts as a minor one."""
        is_logged = self.inputs.settings.has_forest and self.woods.road[cell] > 0
        return max(self.roads[cell], 0.5) if is_logged else self.roads[cell]

    def has_burnt(self, cell: int) -> bool:
        """Whether the cell burns in this tick."""
        return bool(self.inputs.settings.has_forest and self.woods.burnt[cell] == self.tick)

    def zone_of(self, animal: Animal) -> int:
        """Zone of an animal; 0 without a map."""
        return self.zone[animal.cell] if self.is_spatial else 0

    def at(self, animal: Animal) -> dict[str, float]:
        """The parameters that hold where the animal is."""
        return self.rates.of_zone[self.zone_of(animal)]

    def stage_of(self, animal: Animal) -> Stage:
        """Stage of life."""
        if animal.age * self.months < MONTHS:
            return Stage.CUB
        if animal.mother is not None:
            return Stage.JUVENILE
        return Stage.ADULT if animal.age >= self.rates.first_breeding[animal.sex] else Stage.SUBADULT

    def class_of(self, animal: Animal) -> int:
        """Class of survival."""
        return self.class_of_age[min(animal.age, len(self.class_of_age) - 1)]

    def is_breeding_age(self, animal: Animal) -> bool:
        """Whether it is old enough, and not too old, to breed."""
        return self.rates.first_breeding[animal.sex] <= animal.age < self.rates.last_breeding

    def distance_squared(self, a: int, b: int) -> int:
        """Squared distance of two cells, in cells squared."""
        down = a // self.row_width - b // self.row_width
        across = a % self.row_width - b % self.row_width
        return down * down + across * across

    def seniority(self, animal: Animal) -> tuple[int, int]:
        """Rank in contests and claims: the older first (past breeding age last), then by lot."""
        age = animal.age if animal.age < self.rates.last_breeding else 0
        return age, bits(self.chance_key, animal.uid, self.year, Stream.SENIORITY, 0) >> 24

    def count(self, zone: int, item: int, number: int = 1) -> None:
        """Add to the year's tally."""
        if number:
            self.tally[zone, item] = self.tally.get((zone, item), 0) + number

    def count_number(self, animal: Animal, cause: Cause | None = None) -> None:
        """Add one to the number of the animal's class, or to its deaths by `cause`."""
        cls = 2 * self.stage_of(animal) + animal.sex
        self.count(self.zone_of(animal), NUMBER + cls if cause is None else DEATHS + cls * len(Cause) + cause)

    def note(self, kind: Event, animal: Animal) -> None:
        """Write down an event."""
        if self.inputs.settings.records_events:
            self.events.append(
                (self.tick, animal.uid, kind, animal.sex, animal.age * self.months, animal.cell, animal.cause)
            )
