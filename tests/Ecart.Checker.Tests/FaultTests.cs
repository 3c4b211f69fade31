using System.Diagnostics;
using Ecart.Checker.Brokers;
using Ecart.Checker.Faults;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Checker.Tests;

/// <summary>The service and its database broken under load: the store must not show it.</summary>
public sealed class FaultTests
{
    [Fact]
    public Task Check_FewFaults_FindsNothing() => CheckAsync(new CheckOptions
    {
        Seed = 3,
        Events = 8000,
        Rate = 600,
        Twice = true,
        ServiceKills = 4,
        ServerKills = 2,
        Pauses = 1,
        ConnectionKills = 3,
        CommitCuts = 6,
    });

    [Fact]
    public Task Check_ManyKills_FindsNothing()
    {
        Require.LongRun();
        return CheckAsync(new CheckOptions
        {
            Seed = 4,
            Events = 120_000,
            Rate = 600,
            Twice = true,
            ServiceKills = 50,
            ServerKills = 10,
            Pauses = 3,
            ConnectionKills = 20,
            CommitCuts = 40,
        });
    }

    [Theory]
    [InlineData("http")]
    [InlineData("file")]
    public Task Check_TheWholeProgram_FindsNothing(string producer)
    {
        Require.LongRun();
        return CheckAsync(new CheckOptions
        {
            Seed = 5,
            Producer = Enum.Parse<ProducerKind>(producer, ignoreCase: true),
            Events = 20_000,
            Rate = 500,
            Twice = true,
            ServiceKills = 6,
            ServerKills = 2,
            CommitCuts = 10,
        });
    }

    /// <summary>One partition and no labels: the verdicts must be those of an undisturbed run.</summary>
    [Fact]
    public Task Check_KafkaOfOnePartition_FindsNothing() => CheckAsync(new CheckOptions
    {
        Seed = 7,
        Producer = ProducerKind.Kafka,
        Partitions = 1,
        Labels = false,
        Events = 2500,
        Rate = 600,
        Twice = true,
        ServiceKills = 1,
        ServerKills = 1,
        Pauses = 0,
        ConnectionKills = 1,
        CommitCuts = 2,
        BrokerOutages = 0,
        BrokerErrors = 0,
        Rebalances = 1,
        Storm = TimeSpan.FromSeconds(2),
    });

    [Fact]
    public Task Check_KafkaWithLabelsAndFailingBroker_FindsNothing() => CheckAsync(new CheckOptions
    {
        Seed = 8,
        Producer = ProducerKind.Kafka,
        Events = 2500,
        Rate = 600,
        Twice = true,
        ServiceKills = 1,
        ServerKills = 0,
        Pauses = 0,
        ConnectionKills = 1,
        CommitCuts = 2,
        BrokerOutages = OnOwnBroker ? 1 : 0,
        Outage = TimeSpan.FromSeconds(1),
        BrokerErrors = OnOwnBroker ? 1 : 0,
        Rebalances = 0,
    });

    [Fact]
    public Task Check_Mqtt_FindsNothing()
    {
        RequireMosquitto();
        return CheckAsync(new CheckOptions
        {
            Seed = 9,
            Producer = ProducerKind.Mqtt,
            Events = 3000,
            Rate = 600,
            Twice = true,
            ServiceKills = 2,
            ServerKills = 1,
            Pauses = 0,
            ConnectionKills = 1,
            CommitCuts = 2,
            BrokerOutages = 1,
            Outage = TimeSpan.FromSeconds(1),
        });
    }

    [Theory]
    [InlineData("kafka")]
    [InlineData("mqtt")]
    public Task Check_ManyFaultsOfBrokerServiceAndDatabase_FindsNothing(string producer)
    {
        Require.LongRun();
        RequireMosquitto();
        return CheckAsync(new CheckOptions
        {
            Seed = 10,
            Producer = Enum.Parse<ProducerKind>(producer, ignoreCase: true),
            Events = 60_000,
            Rate = 500,
            Twice = true,
            ServiceKills = 20,
            ServerKills = 5,
            ConnectionKills = 10,
            CommitCuts = 20,
            BrokerOutages = OnOwnBroker ? 2 : 0,
            BrokerErrors = OnOwnBroker ? 6 : 0,
            Rebalances = 3,
        });
    }

    /// <summary>The disk is a small one of a process of its own.</summary>
    [Fact]
    public async Task Check_DiskFull_FindsNothing()
    {
        Require.LongRun();
        using TestFolder folder = TestFolder.Create("disk");
        string program = typeof(CheckRun).Assembly.Location;
        string script = $"mount -t tmpfs -o size=700m tmpfs {folder.Path} && dotnet \"$@\" --database {folder.Path}/mariadb";
        var start = new ProcessStartInfo(
            "unshare",
            ["-rm", "sh", "-c", script, "disk", program, "--events", "20000", "--full-disks", "4", "--service-kills", "2", "--server-kills", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await output + await errors);
        Assert.Contains("4 x FillDisk", await output, StringComparison.Ordinal);
    }

    /// <summary>A cluster that others use is not broken.</summary>
    private static bool OnOwnBroker => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ECART_TEST_KAFKA"));

    private static void RequireMosquitto() =>
        Require.Part(MqttUnderTest.FindProgram() is not null, "mosquitto", "install Debian's package mosquitto, or put the program on PATH.");

    private static async Task CheckAsync(CheckOptions options)
    {
        using TestFolder folder = TestFolder.Create("check");

        CheckResult result = await CheckRun.RunAsync(
            options, folder.Path, TestContext.Current.SendDiagnosticMessage, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.True(result.Findings.Count == 0, string.Join('\n', result.Findings.Lines));
        Assert.Equal(options.Events, result.Events);
        Assert.True(result.Alerts > 0);
        Assert.Equal(FaultSchedule.Make(options, result.Produced).Count, result.Faults.Values.Sum());
    }
}
