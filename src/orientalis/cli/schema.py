"""`orientalis schema`: the JSON schema of a study, for editors."""

from orientalis.cli.output import say_json


def schema() -> None:
    """Print the JSON schema of a study, for editors."""
    from orientalis.scenario import Study

    content = Study.model_json_schema()
    for own in ("file", "text"):  # where the study came from; no keys of the file
        content["properties"].pop(own, None)
    say_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **content})
