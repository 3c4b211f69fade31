using System.Diagnostics;

namespace Ecart.Embedded.Processes;

/// <summary>
/// A child that never outlives its parent: a guard shell in its own session holds a pipe from this process and sends SIGTERM to the
/// child when the pipe ends, which the kernel sees to even when this process is killed.
/// </summary>
internal sealed class GuardedProcess : IAsyncDisposable
{
    // $1 log file, $2 file for the child's standard input, the rest is the command. The subshell keeps watching when the guard itself
    // is killed. Only the subshell holds the pipe: were the child to inherit it, nothing would change, but nothing should depend on it.
    // A server that is asked to end while it starts may hang for ever: it is killed after a minute, and recovers at its next start.
    private const string Guard =
        """
        umask 077
        trap '' INT HUP
        log=$1; input=$2; shift 2
        exec 3<&0 >>"$log" 2>&1
        "$@" <"$input" 3<&- &
        child=$!
        {
            while read -r line; do :; done
            kill -TERM "$child" 2>/dev/null
            left=60
            while [ "$left" -gt 0 ] && kill -0 "$child" 2>/dev/null; do sleep 1; left=$((left - 1)); done
            kill -KILL "$child" 2>/dev/null
        } <&3 &
        watcher=$!
        exec 3<&- </dev/null
        wait "$child"
        code=$?
        kill "$watcher" 2>/dev/null
        exit "$code"
        """;

    private readonly Process guard;
    private readonly TimeSpan stopTimeout;

    private GuardedProcess(Process guard, TimeSpan stopTimeout)
    {
        this.guard = guard;
        this.stopTimeout = stopTimeout;
    }

    public bool HasExited => guard.HasExited;

    /// <summary>Exit code of the child, once <see cref="HasExited"/>.</summary>
    public int ExitCode => guard.ExitCode;

    /// <summary>Starts <paramref name="command"/> with its output appended to <paramref name="logFile"/>.</summary>
    /// <param name="inputFile">The child's standard input; null is empty.</param>
    /// <param name="stopTimeout">How long the child may take to end after SIGTERM before it is killed.</param>
    /// <param name="environment">Variables added to this process's own.</param>
    public static GuardedProcess Start(
        IReadOnlyList<string> command, string logFile, TimeSpan stopTimeout, string? inputFile = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] shell = ["/bin/sh", "-c", Guard, "ecart-guard", logFile, inputFile ?? "/dev/null", .. command];
        // A session of its own keeps the terminal's Ctrl-C from the child: it is stopped when this process has finished with it.
        string[] line = ProgramPath.Find("setsid", ProgramPath.Folders()) is { } setsid ? [setsid, .. shell] : shell;
        var start = new ProcessStartInfo(line[0], line.Skip(1)) { RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new GuardedProcess(Process.Start(start)!, stopTimeout);
    }

    public Task WaitForExitAsync(CancellationToken cancellation) => guard.WaitForExitAsync(cancellation);

    /// <summary>Asks the child to end, waits for it, and kills it after the stop timeout.</summary>
    public async ValueTask DisposeAsync()
    {
        guard.StandardInput.Close();
        using var deadline = new CancellationTokenSource(stopTimeout);
        try
        {
            await guard.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            guard.Kill(entireProcessTree: true);
            await guard.WaitForExitAsync(CancellationToken.None);
        }

        guard.Dispose();
    }
}
