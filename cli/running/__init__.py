"""Work as tasks: what takes long is handed to any `concurrent.futures.Executor`, of this machine or of a cluster.

A task can be pickled, changes nothing that anybody sees, and can be thrown away and made again. Only the coordinator,
which is the process that the user started, writes state, manifests and receipts.
"""
