"""`releaseprint completion`: what a shell needs to complete commands, options, titles, platforms and territories."""

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def command(shell: str) -> None:
    """Print the script by which SHELL completes commands, options, ids of titles and platforms, and territories.

    For bash, write `eval "$(releaseprint completion bash)"` into ~/.bashrc.

    For zsh, write `eval "$(releaseprint completion zsh)"` into ~/.zshrc, after `autoload -Uz compinit; compinit`.

    For fish, run `releaseprint completion fish > ~/.config/fish/completions/releaseprint.fish`.

    The script holds for `deliver`, too.
    """
    from cli.main import group
    from cli.shells import script

    click.echo(script(shell, group))
