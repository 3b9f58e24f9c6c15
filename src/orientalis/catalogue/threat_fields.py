"""Which quantities each threat has, and what it needs beside it, in one table."""

from math import inf

from orientalis.catalogue.field import Field

PREY = ("sika", "roe", "boar", "red_deer", "small")
"""Kinds of prey, in the engine's order: each has a quantity of its own in a group of keys such as growth_sika."""
_NAMES = ("sika deer", "roe deer", "wild boar", "red deer", "small prey")


def _by_prey(key: str, unit: str, meaning: str, minimum: float = 0.0, maximum: float = inf) -> dict[str, Field]:
    return {
        f"{key}_{prey}": Field(unit, f"{meaning}, {name}", minimum, maximum)
        for prey, name in zip(PREY, _NAMES, strict=True)
    }


THREATS: dict[str, dict[str, Field]] = {
    "dens": {
        "until": Field("month", "age until which cubs are in danger in their dens", 0.0, 12.0),
        "predators": Field("1/year", "hazard of such a cub from other predators", 0.0, 5.0),
        "disturbance": Field("1/year", "hazard of such a cub from disturbance of its den, at today's mean", 0.0, 5.0),
        "dog_share": Field("1", "share of that hazard that comes from dogs", 0.0, 1.0),
        "road": Field("1", "disturbance by a main road in the den's cell, in today's mean disturbances", 0.0, 1000.0),
        "fire": Field("probability", "chance that such a cub dies where its den's cell burns", 0.0, 0.99),
        "burnt": Field("1/year", "rate at which dens with cubs burn today, where fire is on", 0.0, 5.0),
        "dogs_controlled": Field("1", "share of dogs kept away from the forest", 0.0, 1.0),
        "closed": Field("1", "share of dens around which the forest is closed to people", 0.0, 1.0),
    },
    "distemper": {
        "force": Field("1/year", "force of infection on an animal without immunity in an ordinary year", 0.0, 5.0),
        "outbreak_probability": Field("probability/year", "chance that a year is one of an outbreak", 0.0, 1.0),
        "outbreak_factor": Field("1", "factor on the force of infection in a year of an outbreak", 1.0, 100.0),
        "fatality": Field("probability", "chance that an infected animal dies", 0.0, 1.0),
        "waning": Field("1/year", "rate at which immunity is lost; 0: it lasts for life", 0.0, 5.0),
        "dog_share": Field("1", "share of the force of infection that comes from dogs", 0.0, 1.0),
        "dogs_vaccinated": Field("1", "share of dogs that are vaccinated", 0.0, 1.0),
        "vaccinated": Field("1/year", "animals without immunity that are vaccinated in a year", 0.0, 1000.0),
        "immune_at_start": Field("probability", "chance that one of the first animals is immune", 0.0, 1.0),
    },
    "genetics": {
        "lethal_equivalents": Field("1", "diploid lethal equivalents over a whole life", 0.0, 60.0),
        "fecundity_share": Field("1", "share of the load in the mother's fecundity", 0.0, 1.0),
        "first_year_share": Field(
            "1", "share of the load in the first year; the rest lies between it and maturity", 0.0, 1.0
        ),
        "absolute": Field(
            "1", "1: F counts from the unrelated ancestors, 0: from the mean of the first animals", 0.0, 1.0
        ),
        "lethal_share": Field("1", "share of the load carried by recessive lethals at the loci, which purge", 0.0, 1.0),
        "burn_in_size": Field("animals", "effective size of the population before the start", 1.0, 5000.0),
        "burn_in_generations": Field(
            "1", "generations of drift before the start; 0: founders are unrelated", 0.0, 200.0
        ),
    },
    "forest": {
        "grass_years": Field("year", "mean years without fire until grass becomes young oak; 0: never", 0.0, 10000.0),
        "young_oak_years": Field("year", "the same from young oak to mature oak", 0.0, 10000.0),
        "oak_years": Field("year", "the same from mature oak to conifer with broadleaf", 0.0, 10000.0),
        "rest": Field("year", "years since the last fire before cover climbs", 0.0, 50.0),
        "memory": Field("year", "years without fire after which earlier fires no longer count", 1.0, 50.0),
        "fires": Field("1", "years with fire that make a cell one that burns regularly", 1.0, 100.0),
        "loss": Field("probability/year", "chance that a fire pushes down forest that burns regularly", 0.0, 1.0),
        "logging": Field("1/year", "rate at which mature cells of leased land are logged", 0.0, 1.0),
        "cover_effect": Field("1", "change of the logit of habitat a class of cover climbed", -10.0, 10.0),
        "burning_effect": Field("1", "change of the logit where land has come to burn regularly", -10.0, 10.0),
        "road_effect": Field("1", "change of the logit where there is a logging road", -10.0, 10.0),
    },
    "fire": {
        "ignitions": Field("1/year", "fires tried a cell of mean nearness to people and of full fuel", 0.0, 10.0),
        "people_share": Field("1", "share of fires that people light", 0.0, 1.0),
        "spring_share": Field("1", "share of fires lit in spring, the others in autumn", 0.0, 1.0),
        "dryness": Field("1", "standard deviation of the log of a season's dryness", 0.0, 5.0),
        "spread": Field("1", "logit of spread to a neighbouring cell of fuel 1, level, in a mean season", -20.0, 20.0),
        "fuel_effect": Field("1", "change of that logit from fuel 0 to fuel 1", 0.0, 50.0),
        "wind": Field("1", "change of that logit straight down the wind; as much less against it", 0.0, 20.0),
        "slope": Field("1", "change of that logit from level to the most broken ground", -20.0, 20.0),
        "fuel_field": Field("1", "fuel of fields and settlements; 0: they never burn", 0.0, 1.0),
        "fuel_grass": Field("1", "fuel of grass and shrub", 0.0, 1.0),
        "fuel_young_oak": Field("1", "fuel of young oak", 0.0, 1.0),
        "fuel_oak": Field("1", "fuel of mature oak and mixed deciduous forest", 0.0, 1.0),
        "fuel_conifer": Field("1", "fuel of conifer with broadleaf", 0.0, 1.0),
        "guard": Field("1", "share of fires and of their spread that guarded reserves stop today", 0.0, 1.0),
        "suppression": Field("1", "the same in a country that bans fire and fights each", 0.0, 1.0),
        "crews": Field("1", "share of fires and of their spread into each cell that crews put out", 0.0, 1.0),
        "firebreaks": Field("1", "share of the spread into each cell that firebreaks stop", 0.0, 1.0),
        "permits": Field("1", "share of the fires of people that education and burning permits prevent", 0.0, 1.0),
    },
    "tigers": {
        **_by_prey("taste", "1", "how much of it a tiger takes, relative to sika at the same density", 0.0, 100.0),
        "intake": Field("kg/year", "prey that an adult tiger takes where it abounds", 1.0, 20_000.0),
        "half": Field("kg/km2", "density of prey (as sika) at which a tiger takes half of that", 1.0, 10_000.0),
        "prey_per_adult": Field("kg/animals", "ungulates in habitat for each adult tiger, today", 100.0, 1e6),
        "growth": Field("1/year", "growth of tigers where they are few, before poaching", 0.0, 2.0),
        "poaching": Field("1/year", "hazard of tigers of being poached, with today's patrols", 0.0, 2.0),
        "patrol_effect": Field(
            "month/km", "how fast poaching of tigers falls with the patrols remembered there", 0.0, 10.0
        ),
        "spread": Field("1", "share of the tigers that may move to other blocks in a year", 0.0, 0.9),
        "leopard_hazard": Field(
            "1/year", "hazard of leopards of being killed by tigers, at their density today", 0.0, 2.0
        ),
    },
    "ungulates": {
        **_by_prey("density", "animals/km2", "density in good forest, for the split of the map's prey", 0.0, 1000.0),
        **_by_prey("mass", "kg/animals", "mass over all ages", 0.0, 1000.0),
        **_by_prey("growth", "1/year", "growth where few, without winters, hunters and predators", 0.0, 5.0),
        **_by_prey("winter", "1/year", "hazard of dying in a winter of mean snow", 0.0, 5.0),
        **_by_prey("quota", "1/year", "hazard of being hunted within the legal quota", 0.0, 5.0),
        **_by_prey("taste", "1", "how much of it a leopard takes, relative to sika at the same density", 0.0, 100.0),
        "snow": Field("1", "mean snow, relative to today's", 0.0, 10.0),
        "snow_variation": Field("1", "standard deviation over years of the snow, whose mean is 1", 0.0, 3.0),
        "swine_fever": Field("probability/year", "chance that a year is one of African swine fever", 0.0, 1.0),
        "swine_fever_death": Field("1", "share of the boars that die in such a year", 0.0, 0.99),
        "poaching": Field("1/year", "hazard of deer of being poached, with today's hunters", 0.0, 5.0),
        "intake": Field("kg/year", "prey that a leopard takes where it abounds", 1.0, 20_000.0),
        "half": Field("kg/km2", "density of prey (as sika) at which a leopard takes half of that", 1.0, 10_000.0),
        "prey_per_leopard": Field(
            "kg/animals", "prey for each independent leopard, today, where they live", 100.0, 1e6
        ),
        "dispersal": Field("1", "share of the prey that may move to other blocks in a year", 0.0, 0.9),
        "hunger_cubs": Field("1", "rise of the hazard of the young with a female that finds no food", 0.0, 100.0),
        "hunger_adults": Field("1", "rise of the hazard of a female that finds no food", 0.0, 100.0),
        "hunger_conception": Field(
            "1", "fall of the chance to come into oestrus of a female that finds no food", 0.0, 10.0
        ),
        "cover_grass": Field("1", "prey that grass and shrub carry, relative to mature oak forest", 0.0, 10.0),
        "cover_young_oak": Field("1", "prey that young oak carries, relative to mature oak forest", 0.0, 10.0),
        "cover_oak": Field("1", "prey that mature oak and mixed forest carries: the measure of the others", 0.0, 10.0),
        "cover_conifer": Field("1", "prey that conifer-broadleaf forest carries, relative to mature oak", 0.0, 10.0),
        "cover_field": Field("1", "prey that fields and settlements carry, relative to mature oak forest", 0.0, 10.0),
    },
    "poaching": {
        "trade_share": Field("1", "share of killing by people that is for the trade, at the reference state", 0.0, 1.0),
        "snare_share": Field(
            "1", "share of killing by people that is in snares set for game, at the reference state", 0.0, 1.0
        ),
        "retaliation_share": Field(
            "1", "share of killing by people that is revenge for lost stock, at the reference state", 0.0, 1.0
        ),
        "accident_share": Field(
            "1", "share of killing by people that is accidents on roads, at the reference state", 0.0, 1.0
        ),
        "skin_price": Field("kUSD", "what a hunter gets for a skin", 0.0, 1000.0),
        "bone_price": Field("kUSD", "what a hunter gets for the bones of an animal", 0.0, 1000.0),
        "deer_value": Field("kUSD", "what a deer is worth to a hunter, meat eaten included", 0.0, 100.0),
        "trade_chance": Field(
            "probability", "chance that a day's hunt for a leopard kills one in mean habitat", 0.0, 1.0
        ),
        "gun_catch": Field("1", "deer taken in a day's hunt with a gun, in mean game", 0.0, 10.0),
        "snare_catch": Field("1", "deer taken in a day's work on snares, in mean game", 0.0, 10.0),
        "snares_a_day": Field("1", "snares set in a day's work on snares", 0.0, 1000.0),
        "snare_decay": Field("1/year", "rate at which snares are lost, rust or are taken up", 0.05, 100.0),
        "distance_cost": Field(
            "kUSD/km", "cost of the way from the village to where a day's hunt is, there and back", 0.0, 1.0
        ),
        "offroad_cost": Field("kUSD", "cost of a day's hunt where no road leads", 0.0, 10.0),
        "wage": Field("kUSD/day", "what a day of paid work brings: the other choice", 0.0, 10.0),
        "rationality": Field(
            "1/kUSD", "strength with which hunters prefer the better choice; 0: all alike", 0.0, 100000.0
        ),
        "discount": Field("1", "what a penalty that comes late counts today", 0.0, 1.0),
        "fine": Field("kUSD", "fine for killing a leopard, for the trade or in revenge", 0.0, 1000.0),
        "game_fine": Field("kUSD", "fine for hunting game with a gun or snares against the law", 0.0, 1000.0),
        "prison": Field("year", "time in prison for killing a leopard, mean over those convicted", 0.0, 50.0),
        "arrest_trade": Field(
            "probability", "chance of arrest without patrols in a day's hunt for a leopard", 0.0, 1.0
        ),
        "arrest_chance": Field("probability", "chance of arrest without patrols in a day's hunt with a gun", 0.0, 1.0),
        "arrest_snares": Field("probability", "chance of arrest without patrols in a day's work on snares", 0.0, 1.0),
        "arrest_retaliation": Field(
            "probability", "chance of arrest without patrols for a leopard killed in revenge", 0.0, 1.0
        ),
        "conviction_trade": Field(
            "probability", "chance that an arrest for hunting a leopard ends in a sentence", 0.0, 1.0
        ),
        "conviction_chance": Field(
            "probability", "chance that an arrest for hunting with a gun ends in a fine", 0.0, 1.0
        ),
        "conviction_snares": Field("probability", "chance that an arrest for snaring ends in a fine", 0.0, 1.0),
        "conviction_retaliation": Field(
            "probability", "chance that an arrest for killing in revenge ends in a sentence", 0.0, 1.0
        ),
        "attitude": Field(
            "1", "share of households in which somebody would hunt or kill against the law at all", 0.0, 1.0
        ),
        "households": Field("1", "households of a block of villages where the index of people is 1", 0.0, 1000000.0),
        "days": Field("1/month", "days a month over which a hunter chooses", 0.0, 31.0),
        "compensation": Field("1", "share of what leopards take from farms that is paid for", 0.0, 1.0),
        "loss": Field("kUSD", "what a farm loses when a leopard takes stock", 0.0, 1000.0),
        "retaliation_rationality": Field(
            "1/kUSD", "strength with which losses and penalties decide about revenge", 0.0, 100000.0
        ),
        "traffic": Field("1", "traffic on the roads relative to today's", 0.0, 1000.0),
        "roads_open": Field("1", "share of the roads that are open to cars, of those of today", 0.0, 1.0),
        "found_share": Field("1", "share of the animals killed whose death becomes known", 0.0, 1.0),
    },
    "rangers": {
        "teams": Field("1", "ranger teams in the field", 0.0, 500.0),
        "persons": Field("people", "rangers in a team", 1.0, 50.0),
        "km": Field("km/month", "way that a team walks in a month", 0.0, 5000.0),
        "find": Field("1/km", "snares found, of those in a block, with each km that four rangers walk there", 0.0, 1.0),
        "meet": Field("1/km", "chance that hunters of a block are met, with each km walked there in a month", 0.0, 1.0),
        "arrest": Field(
            "probability", "chance that a hunter whom rangers meet is arrested, before any bribe", 0.0, 1.0
        ),
        "quality": Field("1", "share of the way that is walked as it should be", 0.0, 1.0),
        "corruption": Field("1", "share of the arrests that a bribe undoes", 0.0, 1.0),
        "memory": Field("month", "time over which hunters forget where patrols were", 0.1, 600.0),
    },
}
"""Quantities by threat and key; a threat is given whole or not at all."""

NEEDS: dict[str, tuple[str, ...]] = {"fire": ("forest",), "rangers": ("poaching",), "tigers": ("ungulates",)}
"""Threats that a threat needs beside it."""

ON_A_MAP = ("fire", "forest", "poaching", "rangers", "tigers", "ungulates")
"""Threats that live on the map: a study without one cannot have them."""
