using System.CommandLine;
using System.Diagnostics;
using Ecart.App.Domains;
using Ecart.App.Offline;
using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Scoring;
using Ecart.Streaming.Files;
using Ecart.Streaming.Sources;

namespace Ecart.App.Commands;

/// <summary><c>ecart score</c>.</summary>
internal static class ScoreCommand
{
    public static Command Make()
    {
        var input = new InputOptions();
        var output = new Option<FileInfo>("--out")
        {
            Required = true,
            Description = "CSV file to write, packed when it ends with .gz. Rejected records go beside it, into NAME.rejected.csv.",
        };
        var settings = new Option<FileInfo?>("--configuration")
        {
            Description = "Settings as JSON, as 'ecart configuration show' prints them; of a declared domain also its YAML. Default: the defaults.",
        };
        var command = new Command(
            "score",
            "Score records of files in event order without any database: profiles are learned on the way, each event is scored before it is learned. "
            + "Exit code 3: done, but records were rejected.");
        input.AddTo(command);
        command.Add(output);
        command.Add(settings);
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(input, parsed, parsed.GetRequiredValue(output), parsed.GetValue(settings), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        InputOptions input, ParseResult parsed, FileInfo output, FileInfo? settings, CancellationToken cancellationToken)
    {
        IServedDomain domain = input.Domain(parsed);
        if (settings is null && !domain.HasDefaults)
            throw new CommandException($"'{domain.Name}' is not built in: give the file that declares it with --configuration.", ExitCode.Usage);
        IDomainSettings inUse = domain.Read(settings is null ? "{}" : await File.ReadAllTextAsync(settings.FullName, cancellationToken).ConfigureAwait(false));
        RecordReader reader = input.Open(parsed, inUse);
        using var source = new FileReplaySource(input.Files(parsed), reader, input.Labels(parsed, applyRest: false));
        using var results = new ScoredFile(output.FullName, domain);
        var scoring = new OfflineScoring(inUse.MakeEngine(1, ReferencePatterns.Empty, DomainModels.None), results);
        long started = Stopwatch.GetTimestamp();
        await LiveProgress.RunAsync(
            "Scoring",
            () => source.Progress,
            () => $"{scoring.Scored:N0} scored ({scoring.Scored / Math.Max(0.001, Stopwatch.GetElapsedTime(started).TotalSeconds):N0}/s), {scoring.Flagged:N0} flagged",
            () => Task.Run(
                () =>
                {
                    scoring.Run(source, cancellationToken);
                    return true;
                },
                cancellationToken)).ConfigureAwait(false);
        if (source.Failure is { } failure) throw new CommandException(failure + " Nothing was written.");
        results.Complete();
        Report(scoring, source, output, Stopwatch.GetElapsedTime(started));
        if (scoring is { Rejected: > 0, Scored: 0, Duplicates: 0, Labels: 0 }) Output.Warning(InputOptions.NothingRead(domain.Name));
        return scoring.Rejected > 0 ? ExitCode.Rejected : ExitCode.Done;
    }

    private static void Report(OfflineScoring scoring, FileReplaySource source, FileInfo output, TimeSpan elapsed)
    {
        Output.Note(
            $"{output.FullName}: {scoring.Scored:N0} events scored in {elapsed.TotalSeconds:F1} s "
            + $"({scoring.Scored / Math.Max(0.001, elapsed.TotalSeconds):N0}/s), {scoring.Flagged:N0} flagged");
        if (scoring.Duplicates > 0) Output.Note($"  duplicates  {scoring.Duplicates:N0} events with a known uid and the same content: left out");
        if (scoring.Labels > 0) Output.Note($"  labels      {scoring.Labels:N0} applied");
        if (scoring.Rejected > 0) Output.Note($"  rejected    {scoring.Rejected:N0} records in {ScoredFile.RejectedPath(output.FullName)}");
        foreach (string notice in source.Notices) Output.Warning(notice);
    }
}
