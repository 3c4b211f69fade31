using System.Diagnostics;
using Ecart.App.Tests.Programs;
using Ecart.Numerics;
using Ecart.Simulation;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>The whole program killed by SIGKILL at random moments, and started again: the store must not show it.</summary>
public sealed class KillCampaignTests
{
    private static readonly string[] Mapping = ["--domain", "transactions", "--labels"];

    [Fact]
    public async Task Replay_KilledTenTimes_EqualsAnUnbrokenRun()
    {
        using TestFolder folder = TestFolder.Create("kill");
        string file = Path.Combine(folder.Path, "stream.csv");
        SimulatedFile.Write(file, new TransactionSimulatorOptions { Accounts = 200, Days = 50, Seed = 11 });

        // Fifty days in half a minute: long enough to be killed ten times.
        await CompareAsync(folder.Path, [file, .. Mapping, "--batch", "1000"], "144000x", seed: 1);
    }

    /// <summary>Four months of the public card data, 1.17 million transactions.</summary>
    [Fact]
    public async Task Replay_FraudHandbookKilledTenTimes_EqualsAnUnbrokenRun()
    {
        Require.LongRun();
        string data = TestData.RequireSet("fraud_handbook");
        string[] files = [.. Enumerable.Range(4, 4).Select(month => Path.Combine(data, $"transactions_2018-{month:00}.csv.gz"))];
        using TestFolder folder = TestFolder.Create("kill");

        // Four months in one and a half minutes.
        await CompareAsync(folder.Path, [.. files, .. Mapping, "--map", "account=CUSTOMER_ID,merchant=TERMINAL_ID"], "120000x", seed: 2);
    }

    private static async Task CompareAsync(string folder, string[] arguments, string speed, ulong seed)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string unbrokenHome = Directory.CreateDirectory(Path.Combine(folder, "a")).FullName;
        ProgramResult unbroken = await EcartProcess.RunAsync(unbrokenHome, cancellation, ["replay", .. arguments]);
        Assert.True(unbroken.Code == 0, unbroken.Everything);

        string brokenHome = Directory.CreateDirectory(Path.Combine(folder, "b")).FullName;
        await KillAsync(brokenHome, ["replay", .. arguments, "--speed", speed], new SeededRandom(seed), cancellation);
        ProgramResult last = await EcartProcess.RunAsync(brokenHome, cancellation, ["replay", .. arguments]);
        Assert.True(last.Code == 0, last.Everything);

        StoreContent expected = await StoreContent.ReadAsync(unbrokenHome, "ecart", cancellation);
        StoreContent actual = await StoreContent.ReadAsync(brokenHome, "ecart", cancellation);
        Assert.NotEmpty(expected["alerts"]);
        Assert.NotEmpty(expected["labels"]);
        foreach (string part in StoreContent.Names) Assert.Equal(expected[part], actual[part]);
    }

    /// <summary>Kills ten paced runs, each within its first seconds: while it starts, recovers or writes. Every third time the server is killed too.</summary>
    private static async Task KillAsync(string home, string[] arguments, SeededRandom random, CancellationToken cancellation)
    {
        for (int kill = 0; kill < 10; kill++)
        {
            using EcartProcess process = EcartProcess.Start(home, arguments);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(TimeSpan.FromSeconds(random.Between(1, 5)));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.WaitAsync(deadline.Token));
            cancellation.ThrowIfCancellationRequested();
            process.Kill();
            if (kill % 3 == 2) KillServer(home);
        }
    }

    /// <summary>SIGKILL to the server below a home folder: its next start recovers.</summary>
    private static void KillServer(string home)
    {
        foreach (Process server in Process.GetProcesses())
        {
            using (server)
            {
                string commandLine = $"/proc/{server.Id}/cmdline";
                if (!File.Exists(commandLine)) continue;
                string text = ReadOrEmpty(commandLine);
                if (text.Contains("--datadir=" + home, StringComparison.Ordinal) && !text.Contains("ecart-guard", StringComparison.Ordinal)) server.Kill();
            }
        }
    }

    /// <summary>A process may end while it is looked at.</summary>
    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
