"""Which quantities each threat has, and what it needs beside it, in one table."""

from orientalis.catalogue.field import Field

THREATS: dict[str, dict[str, Field]] = {
    "distemper": {
        "force": Field("1/year", "force of infection on an animal without immunity in an ordinary year", 0.0, 5.0),
        "outbreak_probability": Field("probability/year", "chance that a year is one of an outbreak", 0.0, 1.0),
        "outbreak_factor": Field("1", "factor on the force of infection in a year of an outbreak", 1.0, 100.0),
        "fatality": Field("probability", "chance that an infected animal dies", 0.0, 1.0),
        "waning": Field("1/year", "rate at which immunity is lost; 0: it lasts for life", 0.0, 5.0),
        "dog_share": Field("1", "share of the force of infection that comes from dogs", 0.0, 1.0),
        "dogs_vaccinated": Field("1", "share of dogs that are vaccinated", 0.0, 1.0),
        "vaccinated": Field("1/year", "animals without immunity that are vaccinated in a year", 0.0, 1000.0),
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

NEEDS: dict[str, tuple[str, ...]] = {"rangers": ("poaching",)}
"""Threats that a threat needs beside it."""
