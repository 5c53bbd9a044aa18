"""Every face of Citabot: Telegram, terminal, command line; settings and wiring."""
