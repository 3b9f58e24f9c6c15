"""Studies with poaching and rangers, for tests."""

from orientalis.engine.codes import ARRESTS, PATROL_KM, PEOPLE_MET, SNARES_FOUND
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.people import ARRESTS as ARRESTS_AT
from orientalis.engine.people import FOUND_SNARES, KM, MET
from orientalis.scenario import resolve
from orientalis.scenario.study import Study

LEOPARD = "panthera_pardus_orientalis"
ITEMS = (
    ("snares.found", SNARES_FOUND, FOUND_SNARES),
    ("patrol.km", PATROL_KM, KM),
    ("people.met", PEOPLE_MET, MET),
    ("arrests", ARRESTS, ARRESTS_AT),
)
"""Items of the tally that come in fractions: name, index in the tally, index in what is gathered."""


def threatened(landscape, *, rangers=False, parameters=None, changes=(), animals=40, years=5, seed=5, **start):
    """The specification of a study with poaching, by months; parameters are today's, changes come after."""
    data = {
        "species": LEOPARD,
        "run": {"replicates": 1, "years": years, "tick": "month", "seed": seed},
        "start": {"animals": animals, **start},
        "threats": {"poaching": True, "rangers": rangers},
        "parameters": dict(parameters or {}),
        "scenario": [{"name": "status_quo", "change": [dict(change) for change in changes]}],
    }
    return resolve(Study.model_validate(data), landscape=landscape)[0]


def process(name):
    """A process of the life cycle by its name."""
    return next(one for one in LIFE_CYCLE if one.name == name)
