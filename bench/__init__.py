"""Speed against R's survey package, measured in the same run: `make bench`."""
