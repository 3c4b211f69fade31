namespace Ecart.App.Commands;

/// <summary>Ends a command with a message for a person and an exit code.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
