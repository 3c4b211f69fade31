using System.Diagnostics;
using System.Globalization;

namespace Ecart.Checker.Service;

/// <summary>The service as a process: started, killed, held, started again.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const int KeptLines = 20;
    private readonly Process process;
    private readonly string log;
    private readonly Queue<string> lastWords = new();
    private volatile bool isKilled;

    private ServiceProcess(Process process, string log)
    {
        this.process = process;
        this.log = log;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Number of the process.</summary>
    public int Id => process.Id;

    /// <summary>Whether it has ended although nobody killed it.</summary>
    public bool HasExitedByItself => !isKilled && process.HasExited;

    /// <summary>Exit code and last lines of its output.</summary>
    public string LastWords
    {
        get
        {
            lock (lastWords) return $"code {process.ExitCode}: {string.Join(" / ", lastWords)}";
        }
    }

    /// <summary>Starts a .NET program.</summary>
    /// <param name="arguments">Path of the program, then its arguments.</param>
    /// <param name="environment">Variables added.</param>
    /// <param name="log">File to which what it says is appended.</param>
    public static ServiceProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return new ServiceProcess(Process.Start(start)!, log);
    }

    /// <summary>SIGKILL, and waits for the end.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        isKilled = true;
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Sends a signal by name, such as STOP, CONT or TERM.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {process.Id}")]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits for the end.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => process.WaitForExitAsync(cancellationToken);

    public void Dispose()
    {
        isKilled = true;
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (lastWords)
        {
            File.AppendAllText(log, line + '\n');
            lastWords.Enqueue(line);
            if (lastWords.Count > KeptLines) lastWords.Dequeue();
        }
    }
}
