using System.CommandLine;
using Ecart.App.Terminal;

namespace Ecart.App.Commands;

/// <summary><c>ecart completion</c>: what a shell needs to complete command lines. The completions themselves come from the program, by the directive <c>[suggest]</c>.</summary>
internal static class CompletionCommand
{
    private const string Directive = "[suggest";

    /// <summary>A word of a command line: without its first word, and how far the cursor is in the rest.</summary>
    private const string Bash =
        """
        # Completion of ecart for bash: source <(ecart completion bash)
        _ecart() {
            local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} candidate
            local rest=${line#* }
            [[ $rest == "$line" ]] && return
            COMPREPLY=()
            while IFS= read -r candidate; do
                [[ $candidate == "$word"* ]] && COMPREPLY+=("$candidate")
            done < <(ECART_NO_BUILD=1 "${COMP_WORDS[0]}" "[suggest:${#rest}]" "$rest" 2>/dev/null)
        }
        complete -o default -F _ecart ecart ./ecart
        """;

    private const string Zsh =
        """
        #compdef ecart
        # Completion of ecart for zsh: source <(ecart completion zsh)
        _ecart() {
            local rest="${BUFFER[1,CURSOR]#* }"
            local -a candidates
            candidates=("${(@f)$(ECART_NO_BUILD=1 ${words[1]} "[suggest:${#rest}]" "$rest" 2>/dev/null)}")
            compadd -a candidates || _files
        }
        compdef _ecart ecart ./ecart
        """;

    private const string Fish =
        """
        # Completion of ecart for fish: ecart completion fish | source
        function __ecart_complete
            set -l line (commandline -cp)
            set -l rest (string replace -r '^\S+\s' '' -- $line)
            set -l program (commandline -opc)[1]
            ECART_NO_BUILD=1 $program "[suggest:"(string length -- "$rest")"]" "$rest" 2>/dev/null
        end
        complete -c ecart -a '(__ecart_complete)'
        """;

    public static Command Make()
    {
        var shell = new Argument<string>("SHELL") { HelpName = "bash|zsh|fish", Description = "The shell." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print what makes a shell complete command lines of ecart: source <(ecart completion bash)") { shell };
        command.SetAction(parsed => Output.Result(parsed.GetRequiredValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        return command;
    }

    /// <summary>Whether a command line asks for completions of another, which may be wrong so far.</summary>
    public static bool IsAsked(string[] arguments) => arguments is [{ } first, ..] && first.StartsWith(Directive, StringComparison.Ordinal);
}
