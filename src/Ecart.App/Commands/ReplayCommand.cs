using System.CommandLine;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Files;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;

namespace Ecart.App.Commands;

/// <summary><c>ecart replay</c>.</summary>
internal static class ReplayCommand
{
    private const int ShownRejections = 10;

    public static Command Make()
    {
        var input = new InputOptions();
        var speed = new Option<double?>("--speed")
        {
            HelpName = "max|10x",
            Description = "As fast as possible (max, the default), or a multiple of the pace at which the events happened.",
            CustomParser = SpeedText.Parse,
        };
        var labelRest = new Option<bool>("--label-rest") { Description = "At the end apply also the labels that become known only after it." };
        var again = new Option<bool>("--again")
        {
            Description = "Read the files from their beginning, for example after a correction: what is stored already is recognised by its uid.",
        };
        var batch = new Option<int>("--batch") { Description = "Records of one transaction.", DefaultValueFactory = _ => new PipelineOptions().BatchSize };
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000) result.AddError("--batch must be between 1 and 100000.");
        });
        var resident = new Option<int>("--resident")
        {
            HelpName = "accounts",
            Description = "Accounts kept in memory, at most, about 4 KB each; others are read from the store when they are needed.",
            DefaultValueFactory = _ => new PipelineOptions().MaximumResidentEntities,
        };
        resident.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--resident must be at least 1.");
        });
        var command = new Command(
            "replay",
            "Score records of files in event order and store them with their verdicts and alerts. May be killed at any moment: the same command "
            + "goes on where the last commit ended, and nothing is lost or stored twice. Exit code 3: done, but records were rejected.");
        input.AddTo(command);
        command.Add(speed);
        command.Add(labelRest);
        command.Add(again);
        command.Add(batch);
        command.Add(resident);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            input,
            parsed,
            new PipelineOptions
            {
                BatchSize = parsed.GetValue(batch),
                Speed = parsed.GetValue(speed),
                MaximumResidentEntities = parsed.GetValue(resident),
            },
            parsed.GetValue(labelRest),
            parsed.GetValue(again),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        InputOptions input, ParseResult parsed, PipelineOptions pipeline, bool applyRest, bool again, CancellationToken cancellationToken)
    {
        // A wrong file or mapping is told before a server is started for it.
        IServedDomain domain = input.Domain(parsed);
        if (domain.HasDefaults) input.Open(parsed, domain.Read("{}")).Dispose();
        else input.RequireFiles(parsed);
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: domain).ConfigureAwait(false);
        ReplayLabels labels = input.Labels(parsed, applyRest);
        IReadOnlyList<string> files = input.Files(parsed);
        var rejections = new RejectionReport(store.ConnectionString);
        await rejections.BeginAsync(cancellationToken).ConfigureAwait(false);
        var work = new ReplayWork(store, pipeline);
        FileReplaySource Open() => new(files, input.Open(parsed, store.Settings), labels, input.Reading(parsed));
        if (again)
        {
            using FileReplaySource source = Open();
            await new LaneStore(store.ConnectionString, domain.Name).ForgetOffsetAsync(source.Name, cancellationToken).ConfigureAwait(false);
        }

        bool isFinished = await work.RunAsync("Replaying", Open, cancellationToken).ConfigureAwait(false);
        await work.PublishAsync(CancellationToken.None).ConfigureAwait(false);
        Report(work, files);
        if (work.Counters is { Rejected: > 0, Committed: 0, Skipped: 0, Duplicates: 0, Labels: 0 }) Output.Warning(InputOptions.NothingRead(store.Domain.Name));
        await rejections.ShowAsync(ShownRejections, CancellationToken.None).ConfigureAwait(false);
        if (work.SourceFailure is { } failure) throw new CommandException(failure);
        if (!isFinished)
        {
            Output.Note("Stopped before the end: the same command goes on from here.");
            return ExitCode.Stopped;
        }

        return work.Counters.Rejected > 0 ? ExitCode.Rejected : ExitCode.Done;
    }

    private static void Report(ReplayWork work, IReadOnlyList<string> files)
    {
        PipelineCounters counters = work.Counters;
        string what = files.Count == 1 ? Path.GetFileName(files[0]) : $"{files.Count} files";
        Output.Result(
            $"{what}: {counters.Committed:N0} events scored and stored in {work.Elapsed.TotalSeconds:F1} s "
            + $"({counters.Committed / Math.Max(0.001, work.Elapsed.TotalSeconds):N0}/s)");
        Output.Result(
            $"  alerts      {Total(counters):N0}: {counters.Alerts(Severity.Critical):N0} critical, {counters.Alerts(Severity.High):N0} high, "
            + $"{counters.Alerts(Severity.Medium):N0} medium, {counters.Alerts(Severity.Low):N0} low; {counters.Suppressed:N0} silenced by exceptions");
        Line("known", counters.Skipped, "records that an earlier run had stored");
        Line("duplicates", counters.Duplicates, "events with a known uid and the same content: the first verdict stands");
        Line("late", counters.Late, "events stored without a score, later than the domain allows");
        Line("labels", counters.Labels, "applied");
        Line("rejected", counters.Rejected, "records in rejected_events");
        if (work.Source is FileReplaySource source)
        {
            Line("pending", source.PendingLabels, "labels that become known only after the end (--label-rest applies them)");
            foreach (string notice in source.Notices) Output.Warning(notice);
        }
    }

    private static void Line(string name, long count, string meaning)
    {
        if (count > 0) Output.Result($"  {name,-11} {count:N0} {meaning}");
    }

    private static long Total(PipelineCounters counters) =>
        counters.Alerts(Severity.Low) + counters.Alerts(Severity.Medium) + counters.Alerts(Severity.High) + counters.Alerts(Severity.Critical);
}
