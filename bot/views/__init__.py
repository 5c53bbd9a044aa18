"""What is sent: text, entities and buttons, within Telegram's limits. Nothing here sends."""
