namespace Ecart.App.Commands;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>All done.</summary>
    public const int Done = 0;

    /// <summary>Not completed; the message says why. What was committed is safe, and the same command goes on from there.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a file's form or a setting is wrong: nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Done, but records were rejected.</summary>
    public const int Rejected = 3;

    /// <summary>Stopped by Ctrl-C or a signal; what was scored is committed.</summary>
    public const int Stopped = 130;
}
