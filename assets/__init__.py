"""What is delivered: titles, versions, masters, subtitle tracks, rights; and the readers of their files."""
