"""Charts: Vega-Lite specs as plain values, and their conversion to SVG and PNG."""
