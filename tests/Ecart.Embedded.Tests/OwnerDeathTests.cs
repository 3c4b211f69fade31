using System.Diagnostics;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Embedded.Tests;

public sealed class OwnerDeathTests : IDisposable
{
    private const string FolderVariable = "ECART_TEST_OWNED_FOLDER";
    private const string Ready = "the server answers";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = TestFolder.NewPath("owned");

    public void Dispose() => TestFolder.Delete(folder);

    [Fact]
    public async Task Owner_KilledWithoutWarning_ServerEndsCleanlyAndTheNextStartTakesOver()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using (await TestServer.StartAsync(TestServer.Options(folder)))
        {
        }

        using var owner = await StartOwnerAsync(cancellation);
        await using var attached = await TestServer.StartAsync(TestServer.Options(folder));
        Assert.False(attached.IsOwner);
        await Sql.ScalarAsync(attached.ConnectionString, "CREATE TABLE kept (id INT)", cancellation);

        owner.Kill();
        await owner.WaitForExitAsync(cancellation);

        // The next start waits for the former server to end, so its end is in the log by then.
        await using var next = await TestServer.StartAsync(TestServer.Options(folder));
        Assert.True(next.IsOwner);
        Assert.Equal("kept", await Sql.ScalarAsync(next.ConnectionString, "SHOW TABLES", cancellation));
        var log = await File.ReadAllTextAsync(Path.Combine(folder, "server.log"), cancellation);
        Assert.Equal(2, log.Split("mariadbd: Shutdown complete").Length - 1);
        Assert.DoesNotContain("crash recovery", log, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Not a test of its own: the process that the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task Owner_StartedByTheTestAbove_HoldsAServerUntilItIsKilled()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 }, "Runs within another test only");
        var owned = Environment.GetEnvironmentVariable(FolderVariable)!;
        await using var server = await TestServer.StartAsync(TestServer.Options(owned));
        Assert.True(server.IsOwner);
        Console.WriteLine(Ready);
        await Task.Delay(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
    }

    private async Task<Process> StartOwnerAsync(CancellationToken cancellation)
    {
        // The executable beside the test assembly, whether or not this process was started through the dotnet program.
        var program = Path.ChangeExtension(typeof(OwnerDeathTests).Assembly.Location, null);
        var test = $"*.{nameof(Owner_StartedByTheTestAbove_HoldsAServerUntilItIsKilled)}";
        var start = new ProcessStartInfo(program, ["-noColor", "-explicit", "only", "-method", test])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[FolderVariable] = folder;
        var process = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            output.Add(line);
            if (line.Contains(Ready, StringComparison.Ordinal)) return process;
        }

        throw new InvalidOperationException($"The owner ended before its server answered:\n{string.Join('\n', output)}");
    }
}
