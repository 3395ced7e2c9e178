"""What is made from a good master: proxies, screeners, pictures of it, and the same streams in another file.

One file a product. What is made is measured like any master and compared with its source before it gets its name.
"""
