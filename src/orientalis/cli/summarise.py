"""`orientalis summarise DIR`: the few figures that scripts rely on."""

from orientalis.cli.arguments import AsJson, RunDir
from orientalis.cli.output import number, say, say_json, say_table


def summarise(folder: RunDir, as_json: AsJson = False) -> None:
    """Print each scenario's chances, numbers and growth.

    At the catalogue's default values; runs over parameter draws are left to the report.
    """
    from orientalis.analysis.panel import CLASSES, panel_from_tallies
    from orientalis.analysis.summary import summarise as summary_of
    from orientalis.store import read

    runs = read(folder)
    items = [f"number.{name}" for name in CLASSES]
    found = []
    for name in runs.default_scenarios:
        tallies = runs.tallies(name, items)
        panel = panel_from_tallies(
            tallies, scenario=name, years=runs.years(name), replicates=runs.replicates(name).tolist()
        )
        found.append(summary_of(panel, runs.entry(name).run_hash))
    if as_json:
        say_json({"schema_version": 1, "scenarios": [entry.as_dict() for entry in found]})
        return
    head = ("scenario", "replicates", "year", "extinct", "low", "high", "mean", "median", "growth")
    table = []
    for entry in found:
        chance = entry.extinction_probability
        chances = [number(value, 4) for value in (chance.value, chance.low, chance.high)]
        final = [number(entry.mean_final_population, 1), number(entry.median_final_population, 1)]
        growth = number(entry.stochastic_growth_rate, 4)
        table.append((entry.name, number(entry.replicates), str(chance.year), *chances, *final, growth))
    say_table(head, table)
    say()
    say("extinct: share of replicates with nobody alive in that year, with its 95 % interval: simulation error only.")
    say("mean, median: all living animals in that year, cubs included; growth: mean yearly ln(N[t+1]/N[t]).")
