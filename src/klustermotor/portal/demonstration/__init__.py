"""The demonstration region: Dalarna's initiatives with what was published about them.

`published_figures.csv` holds the figures of the printed evaluation of Dalarna's cluster
initiatives 2009, each with the table or section that states it. `reconstruct` makes individual
answers that agree with them; `region.yaml` and `texts/` are ours.
"""
