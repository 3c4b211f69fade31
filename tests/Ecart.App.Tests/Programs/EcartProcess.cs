using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Programs;

/// <summary>The program as a process of its own, with a home folder of its own.</summary>
internal sealed class EcartProcess : IDisposable
{
    private static readonly string Program = Path.Combine(RepositoryRoot.Path, "src/Ecart.App/bin/Release/net10.0/Ecart.App.dll");
    private readonly Process process;
    private readonly StringBuilder said = new();
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private EcartProcess(Process process)
    {
        this.process = process;
        output = ListenAsync(process.StandardOutput);
        errors = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => process.HasExited;

    /// <summary>Starts the program.</summary>
    /// <param name="home">Folder of its private server's data; a server that the environment names is not used.</param>
    /// <param name="arguments">The command line.</param>
    public static EcartProcess Start(string home, params string[] arguments) => StartCommand(home, "dotnet", [Program, .. arguments]);

    /// <summary>Starts the program on a server that runs already.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="home">Working folder.</param>
    /// <param name="arguments">The command line.</param>
    public static EcartProcess StartOn(string connectionString, string home, params string[] arguments) =>
        StartCommand(home, "dotnet", [Program, .. arguments], connectionString);

    private static EcartProcess StartCommand(string home, string command, string[] arguments, string? connectionString = null)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = home,
        };
        start.Environment["ECART_HOME"] = home;
        start.Environment.Remove("ECART_MARIADB");
        if (connectionString is not null) start.Environment["ECART_MARIADB"] = connectionString;
        return new EcartProcess(Process.Start(start)!);
    }

    /// <summary>An address of this machine on which nothing listens yet.</summary>
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>Waits until a service that was started answers that it is ready; its end fails the test.</summary>
    public async Task WaitUntilReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        for (; ; await Task.Delay(50, cancellationToken))
        {
            if (HasExited) Assert.Fail((await WaitAsync(cancellationToken)).Everything);
            try
            {
                using HttpResponseMessage response = await client.GetAsync("/health/ready", cancellationToken);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
    }

    /// <summary>Waits until its standard output has a match; its end without one fails the test.</summary>
    public async Task<Match> WaitForOutputAsync(Regex expected, CancellationToken cancellationToken)
    {
        for (; ; await Task.Delay(50, cancellationToken))
        {
            bool isOver = output.IsCompleted;
            lock (said)
            {
                if (expected.Match(said.ToString()) is { Success: true } match) return match;
            }

            if (isOver) Assert.Fail((await WaitAsync(cancellationToken)).Everything);
        }
    }

    /// <summary>Asks the store of a home folder by <c>ecart sql</c>.</summary>
    /// <returns>The rows, tab-separated, without the names of the columns.</returns>
    public static async Task<string[]> AskAsync(string home, string sql, CancellationToken cancellationToken)
    {
        ProgramResult result = await RunAsync(home, cancellationToken, "sql", sql);
        Assert.True(result.Code == 0, result.Everything);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<ProgramResult> RunAsync(string home, CancellationToken cancellationToken, params string[] arguments)
    {
        using EcartProcess process = Start(home, arguments);
        return await process.WaitAsync(cancellationToken);
    }

    /// <summary>Runs the program to its end with a folder that is a disk of its own of a given size; what is left on it is told among the errors.</summary>
    public static async Task<ProgramResult> RunWithDiskAsync(
        string home, string folder, int kibibytes, CancellationToken cancellationToken, params string[] arguments)
    {
        string script = $"mount -t tmpfs -o size={kibibytes}k tmpfs {folder} && dotnet \"$@\"; code=$?; echo left: $(ls -A {folder}) >&2; exit $code";
        using EcartProcess process = StartCommand(home, "unshare", ["-rm", "sh", "-c", script, "disk", Program, .. arguments]);
        return await process.WaitAsync(cancellationToken);
    }

    /// <summary>SIGKILL, to this process alone.</summary>
    public void Kill() => process.Kill();

    /// <summary>SIGTERM: asks it to end.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>SIGSTOP: it stands still, as in a machine that is asleep.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Wake() => Signal("CONT");

    /// <summary>Waits for the end.</summary>
    public async Task<ProgramResult> WaitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return new ProgramResult(process.ExitCode, await output, await errors);
    }

    private async Task<string> ListenAsync(StreamReader reader)
    {
        var part = new char[4096];
        for (int read; (read = await reader.ReadAsync(part)) > 0;)
        {
            lock (said) said.Append(part, 0, read);
        }

        lock (said) return said.ToString();
    }

    private void Signal(string name)
    {
        using Process sender = Process.Start("/bin/sh", ["-c", $"kill -{name} {process.Id}"]);
        sender.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
