using System.CommandLine;
using Ecart.Checker.Service;
using Ecart.Checker.Soak;
using Ecart.Embedded;
using Ecart.TestKit;

namespace Ecart.Checker;

/// <summary>The command line of <c>./ecart check</c>.</summary>
internal static class CheckerProgram
{
    private const int Found = 1;
    private const int Failed = 2;

    /// <summary>Runs one command line.</summary>
    /// <returns>0 when nothing was found, 1 when something is wrong, 2 when the check could not be made.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        // The service of the producer "live" is this program itself.
        if (arguments is ["pipeline", { } file, { } batchSize])
            return await PipelineProgram.RunAsync(file, Environment.GetEnvironmentVariable(MariaDbServer.Variable)!, int.Parse(batchSize, null));
        return await MakeRoot().Parse(arguments).InvokeAsync();
    }

    private static RootCommand MakeRoot()
    {
        var defaults = new CheckOptions();
        Option<ulong> seed = Make("--seed", "Seed of the stream and of the faults.", defaults.Seed);
        Option<int> events = Make("--events", "Events to produce.", defaults.Events);
        Option<double> rate = Make("--rate", "Events a second; 0: as fast as they are taken.", defaults.Rate);
        Option<ProducerKind> producer = Make(
            "--producer", "The way in. live: the pipeline alone, with labels; http, file, kafka, mqtt: ecart serve.", defaults.Producer);
        Option<bool> twice = Make("--twice", "Produce every event twice.", defaults.Twice);
        Option<int> serviceKills = Make("--service-kills", "SIGKILLs of the service.", defaults.ServiceKills);
        Option<int> serverKills = Make("--server-kills", "SIGKILLs of the database.", defaults.ServerKills);
        Option<int> pauses = Make("--pauses", "SIGSTOPs of the service, two seconds each.", defaults.Pauses);
        Option<int> connectionKills = Make("--connection-kills", "Times at which all connections are killed.", defaults.ConnectionKills);
        Option<int> commitCuts = Make("--commit-cuts", "COMMITs that are cut off, before or after they take effect.", defaults.CommitCuts);
        Option<int> fullDisks = Make("--full-disks", "Times at which the database's disk is full; --database must be on a small disk of its own.", defaults.FullDisks);
        Option<int> partitions = Make("--partitions", "Partitions of the topics of Kafka; 1 together with --no-labels has verdicts compared with an undisturbed run.", defaults.Partitions);
        Option<bool> noLabels = Make("--no-labels", "Produce no labels.", !defaults.Labels);
        Option<int> brokerOutages = Make("--broker-outages", "Times at which the broker is away.", defaults.BrokerOutages);
        Option<double> outageSeconds = Make("--outage-seconds", "For how long.", defaults.Outage.TotalSeconds);
        Option<int> brokerErrors = Make("--broker-errors", "Times at which the broker of Kafka answers with errors.", defaults.BrokerErrors);
        Option<int> rebalances = Make("--rebalances", "Times at which strangers storm the consumer groups.", defaults.Rebalances);
        Option<double> stormSeconds = Make("--storm-seconds", "For how long.", defaults.Storm.TotalSeconds);
        Option<int> batchSize = Make("--batch-size", "Events of one transaction, at most.", defaults.BatchSize);
        var home = new Option<string?>("--home") { Description = "Empty folder for the database; kept when something is found. Default: a temporary one." };
        var database = new Option<string?>("--database") { Description = "Folder of the database alone. Default: in the home folder." };
        var program = new Option<string?>("--program") { Description = "The program ecart (Ecart.App.dll). Default: the one built beside this." };
        var root = new RootCommand(
            "Produces events with known uids and contents, breaks the service and the database meanwhile, and compares row by row what was produced with what is "
            + "stored: each once, contents and order intact, verdicts equal to an undisturbed run. Ends with one line of JSON; the exit code is 1 when "
            + "something is wrong.")
        {
            seed, events, rate, producer, twice, serviceKills, serverKills, pauses, connectionKills, commitCuts, fullDisks, partitions, noLabels, brokerOutages,
            outageSeconds, brokerErrors, rebalances, stormSeconds, batchSize, home, database, program,
        };
        root.Subcommands.Add(MakeSoak());
        root.SetAction((parsed, cancellationToken) => CheckAsync(
            new CheckOptions
            {
                Seed = parsed.GetValue(seed),
                Events = parsed.GetValue(events),
                Rate = parsed.GetValue(rate),
                Producer = parsed.GetValue(producer),
                Twice = parsed.GetValue(twice),
                ServiceKills = parsed.GetValue(serviceKills),
                ServerKills = parsed.GetValue(serverKills),
                Pauses = parsed.GetValue(pauses),
                ConnectionKills = parsed.GetValue(connectionKills),
                CommitCuts = parsed.GetValue(commitCuts),
                FullDisks = parsed.GetValue(fullDisks),
                Partitions = parsed.GetValue(partitions),
                Labels = !parsed.GetValue(noLabels),
                BrokerOutages = parsed.GetValue(brokerOutages),
                Outage = TimeSpan.FromSeconds(parsed.GetValue(outageSeconds)),
                BrokerErrors = parsed.GetValue(brokerErrors),
                Rebalances = parsed.GetValue(rebalances),
                Storm = TimeSpan.FromSeconds(parsed.GetValue(stormSeconds)),
                BatchSize = parsed.GetValue(batchSize),
                Home = parsed.GetValue(home),
                Database = parsed.GetValue(database) is { } folder ? Path.GetFullPath(folder) : null,
                Program = parsed.GetValue(program),
            },
            cancellationToken));
        return root;
    }

    private static Command MakeSoak()
    {
        var defaults = new SoakOptions();
        Option<ProducerKind> producer = Make("--producer", "The way in: kafka, mqtt, http, file.", defaults.Producer);
        Option<double> minutes = Make("--minutes", "For how long to feed.", defaults.Time.TotalMinutes);
        Option<double> load = Make("--load", "Share of the measured capacity that is fed.", defaults.Load);
        Option<double> measure = Make("--measure-seconds", "For how long capacity is measured before.", defaults.Measuring.TotalSeconds);
        Option<int> accounts = Make("--accounts", "Accounts of the stream.", defaults.Accounts);
        Option<ulong> seed = Make("--seed", "Seed of the stream.", defaults.Seed);
        var home = new Option<string?>("--home") { Description = "Empty folder for the database. Default: a temporary one." };
        var command = new Command(
            "soak",
            "Measures what the service takes at full speed, feeds a share of it for long and watches memory and lag. Ends with one line of JSON; the exit code "
            + "is 1 when memory or lag grows over the second half, or something is lost.")
        {
            producer, minutes, load, measure, accounts, seed, home,
        };
        command.SetAction((parsed, cancellationToken) => InHomeAsync(
            parsed.GetValue(home),
            async (folder, tell) =>
            {
                var options = new SoakOptions
                {
                    Producer = parsed.GetValue(producer),
                    Time = TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                    Load = parsed.GetValue(load),
                    Measuring = TimeSpan.FromSeconds(parsed.GetValue(measure)),
                    Accounts = parsed.GetValue(accounts),
                    Seed = parsed.GetValue(seed),
                };
                SoakResult result = await SoakRun.RunAsync(options, folder, tell, TimeProvider.System, cancellationToken);
                result.Write(Console.Out);
                return result is { IsFlat: true, IsComplete: true };
            }));
        return command;
    }

    private static Option<TValue> Make<TValue>(string name, string description, TValue value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Task<int> CheckAsync(CheckOptions options, CancellationToken cancellationToken) => InHomeAsync(
        options.Home,
        async (home, tell) =>
        {
            CheckResult result = await CheckRun.RunAsync(options, home, tell, TimeProvider.System, cancellationToken);
            result.Write(Console.Out);
            return result.Findings.Count == 0;
        });

    /// <summary>A name of its own, so that nobody takes the database of a check that runs for what a dead test left.</summary>
    private static string NewHome() =>
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"ecart-check-{Environment.ProcessId}")).FullName;

    /// <summary>Runs in a folder that is deleted at the end unless it was given or something is wrong.</summary>
    private static async Task<int> InHomeAsync(string? given, Func<string, Action<string>, Task<bool>> run)
    {
        string home = given is not null ? Directory.CreateDirectory(Path.GetFullPath(given)).FullName : NewHome();
        long started = TimeProvider.System.GetTimestamp();
        try
        {
            if (!await run(home, text => Console.Error.WriteLine($"{TimeProvider.System.GetElapsedTime(started).TotalSeconds,7:F1} s  {text}")))
            {
                await Console.Error.WriteLineAsync($"The database is kept in {home}.");
                return Found;
            }

            if (given is null) TestFolder.Delete(home);
            return 0;
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or EmbeddedMariaDbException)
        {
            await Console.Error.WriteLineAsync($"check: {error.Message}");
            return Failed;
        }
    }
}
