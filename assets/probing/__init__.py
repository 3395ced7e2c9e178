"""Parts of `assets.probe`: what the packets, the first picture and the boxes of a media file say."""
