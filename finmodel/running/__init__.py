"""Where work is done: here, in processes of this machine, or on a Dask cluster."""
