using System.CommandLine;
using Ecart.App.Calibration;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.App.Training;
using Ecart.Calibration;
using Ecart.Scoring;

namespace Ecart.App.Commands;

/// <summary><c>ecart calibrate</c>.</summary>
internal static class CalibrateCommand
{
    private static readonly Option<string> Domain = ServedDomains.MakeOption("Domain to calibrate");
    private static readonly Option<int> Days = new("--days") { Description = "Days to look back, from the newest event. Default 30.", DefaultValueFactory = _ => 30 };
    private static readonly Option<OutputForm> Form = new("--output") { HelpName = "table|json|csv", Description = "How to show it. Default: table." };

    public static Command Make() => new("calibrate", "Alert thresholds by what people decided: show, propose, backtest, apply, rollback.")
    {
        Show(), Propose(), BackTest(), Apply(), RollBack(),
    };

    private static Command Show()
    {
        var command = new Command("show", "Show decided alerts by score, for the domain and for each detector.") { Domain, Days, Form };
        command.SetAction((parsed, cancellationToken) => WithStateAsync(
            parsed,
            (_, state) =>
            {
                CalibrationListing.Show(CalibrationTable.Of(state.Alerts), parsed.GetValue(Form));
                return Task.CompletedTask;
            },
            cancellationToken));
        return command;
    }

    private static Command Propose()
    {
        var recall = new Option<double?>("--recall") { Description = "Share of the true alerts to keep. Default 0.98." };
        var precision = new Option<double?>("--precision") { Description = "Share of the alerts that are to be true." };
        var alerts = new Option<double?>("--alerts-per-day") { Description = "Most alerts a day." };
        var byScore = new Option<bool>("--by-score") { Description = "Move the score threshold alone, and learn nothing." };
        var file = new Option<FileInfo?>("--save") { HelpName = "FILE", Description = "Write the proposed thresholds there, for 'backtest' and 'apply'." };
        var command = new Command("propose", "Propose thresholds for a target. Changes nothing.") { recall, precision, alerts, byScore, file, Domain, Days, Form };
        command.Validators.Add(result =>
        {
            if (((Option[])[recall, precision, alerts]).Count(option => result.GetResult(option) is not null) > 1)
                result.AddError("Give one target: --recall, --precision or --alerts-per-day.");
        });
        command.SetAction((parsed, cancellationToken) => WithStateAsync(
            parsed,
            async (_, state) =>
            {
                CalibrationTarget target = parsed.GetValue(precision) is { } share ? new CalibrationTarget(CalibrationTargetKind.Precision, share)
                    : parsed.GetValue(alerts) is { } budget ? new CalibrationTarget(CalibrationTargetKind.AlertsPerDay, budget)
                    : parsed.GetValue(recall) is { } kept ? new CalibrationTarget(CalibrationTargetKind.Recall, kept)
                    : CalibrationTarget.Default;
                CalibrationProposal proposal = DomainCalibration.Propose(state, target, parsed.GetValue(byScore) ? CalibrationForm.Threshold : CalibrationForm.Relevance);
                CalibrationListing.Show(state, proposal, parsed.GetValue(Form));
                if (proposal.Severity is { } severity && parsed.GetValue(file) is { } to)
                {
                    await File.WriteAllTextAsync(to.FullName, SeveritySettings.Write(severity) + "\n", cancellationToken).ConfigureAwait(false);
                    Output.Note($"Written to {to.Name}: 'ecart calibrate backtest {to.Name}' shows what it would have done, 'ecart calibrate apply {to.Name} --reason ...' puts it in force.");
                }
            },
            cancellationToken));
        return command;
    }

    private static Command BackTest()
    {
        Argument<FileInfo> file = MakeFile();
        var all = new Option<bool>("--all-settings")
        {
            Description = $"FILE holds all settings of the domain, as 'configuration show' prints them: stored history is scored anew by both, from {SettingsBackTest.WarmUpDays} days before on.",
        };
        var command = new Command("backtest", "Show what thresholds, or other settings, would have made of stored events. Changes nothing.") { file, all, Domain, Days, Form };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(all)
            ? ScoreAnewAsync(parsed, parsed.GetRequiredValue(file), cancellationToken)
            : WithStateAsync(
                parsed,
                async (calibration, state) => CalibrationListing.Show(
                    await calibration.BackTestAsync(state, await ReadAsync(parsed.GetRequiredValue(file), cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false),
                    parsed.GetValue(Form)),
                cancellationToken));
        return command;
    }

    private static async Task<int> ScoreAnewAsync(ParseResult parsed, FileInfo file, CancellationToken cancellationToken)
    {
        IServedDomain domain = ServedDomains.Find(parsed.GetRequiredValue(Domain))!;
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: domain).ConfigureAwait(false);
        IDomainSettings settings = domain.Read(await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false));
        var test = new SettingsBackTest(store, settings);
        var scored = new EntryCount();
        Ecart.Calibration.BackTest result = await LiveProgress.RunAsync(
            "Scoring anew", () => double.NaN, () => $"{scored.Value:N0} events", () => test.RunAsync(parsed.GetValue(Days), scored, cancellationToken)).ConfigureAwait(false);
        CalibrationListing.Show(result, parsed.GetValue(Form));
        return ExitCode.Done;
    }

    private static Command Apply()
    {
        Argument<FileInfo> file = MakeFile();
        Option<string> reason = Reason();
        var command = new Command("apply", "Put thresholds in force as a new configuration version. Later events are decided by it.") { file, reason, Domain };
        command.SetAction((parsed, cancellationToken) => WithStoreAsync(
            async calibration =>
            {
                SeverityOptions severity = await ReadAsync(parsed.GetRequiredValue(file), cancellationToken).ConfigureAwait(false);
                int version = await calibration.ApplyAsync(
                    parsed.GetRequiredValue(Domain), severity, null, null, parsed.GetRequiredValue(reason), AccessArguments.Actor, cancellationToken).ConfigureAwait(false);
                Output.Result($"Version {version} is active. 'ecart calibrate rollback --domain {parsed.GetRequiredValue(Domain)} --reason ...' goes back.");
            },
            cancellationToken));
        return command;
    }

    private static Command RollBack()
    {
        var version = new Option<int?>("--version") { Description = "Configuration version to go back to. Default: the one before." };
        Option<string> reason = Reason();
        var command = new Command("rollback", "Go back to the configuration that was in force before.") { version, reason, Domain };
        command.SetAction((parsed, cancellationToken) => WithStoreAsync(
            async calibration =>
            {
                int active = await calibration.RollBackAsync(
                    parsed.GetRequiredValue(Domain), parsed.GetValue(version), parsed.GetRequiredValue(reason), AccessArguments.Actor, cancellationToken).ConfigureAwait(false);
                Output.Result($"Version {active} is active.");
            },
            cancellationToken));
        return command;
    }

    private static Argument<FileInfo> MakeFile()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Thresholds as 'propose --save' writes them: JSON of the setting 'severity'." };
        file.AcceptExistingOnly();
        return file;
    }

    private static Option<string> Reason() => new("--reason") { Required = true, Description = "Why, for those who read the audit log later." };

    private static async Task<SeverityOptions> ReadAsync(FileInfo file, CancellationToken cancellationToken) =>
        SeveritySettings.Read(await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false));

    private static Task<int> WithStateAsync(ParseResult parsed, Func<DomainCalibration, CalibrationState, Task> work, CancellationToken cancellationToken) => WithStoreAsync(
        async calibration => await work(
            calibration, await calibration.ReadAsync(parsed.GetRequiredValue(Domain), parsed.GetValue(Days), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false),
        cancellationToken);

    private static async Task<int> WithStoreAsync(Func<DomainCalibration, Task> work, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, withModels: false).ConfigureAwait(false);
        try
        {
            await work(new DomainCalibration(store.ConnectionString)).ConfigureAwait(false);
        }
        catch (CalibrationFault fault)
        {
            throw new CommandException(fault.Message, ExitCode.Usage);
        }

        return ExitCode.Done;
    }
}
