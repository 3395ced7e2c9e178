"""Quality control: pure rules over assets; they open no file and print nothing."""
