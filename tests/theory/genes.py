"""Worlds with genes for the tests of theory and direction."""

import numpy as np

from orientalis.engine.genes import LOCI, Genes, empty_genes, inherit
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import spec_of

LEOPARD = "panthera_pardus_orientalis"


def genetic_spec(*, animals, years=1, parameters=None, **more):
    """A study of the leopard by months with genetics on; parameters of genetics by their bare names."""
    return spec_of(
        LEOPARD, animals=animals, years=years, tick="month", threats=("genetics",), parameters=parameters or {}, **more
    )


def genetic_inputs(replicates, **more):
    """Inputs of a batch of such a study."""
    return compile_batch(genetic_spec(**more), 0, replicates)


def couple(genes: Genes, r: int, child: int, mother: int, father: int, key: int, uid: int) -> None:
    """Drop the genes of two parents to a child."""
    genes.sire[r, mother] = genes.alleles[r, father]
    inherit(genes, np.uint64(key), np.uint64(uid), r, child, mother)


def unrelated(replicates: int, animals: int, slots: int) -> Genes:
    """Genes of animals in the first slots, all of whose alleles differ."""
    genes = empty_genes(replicates, slots)
    genes.alleles[:, :animals] = np.arange(2 * animals, dtype=np.uint16).reshape(animals, 1, 2)
    return genes


def inbreeding(genes: Genes) -> np.ndarray:
    """Share of loci identical by descent, [replicate, slot]."""
    return genes.inbred / LOCI


def diversity(alleles: np.ndarray) -> np.ndarray:
    """1 - sum p^2, mean over loci, [replicate]; alleles [replicate, animal, locus, side]."""
    replicates, animals = alleles.shape[:2]
    share = np.zeros(replicates)
    for allele in np.unique(alleles):
        p = (alleles == allele).sum(axis=(1, 3)) / (2.0 * animals)
        share += (p * p).mean(axis=1)
    return 1.0 - share
