"""Where to put places, and which to lose: location models on the study's own travel costs."""
