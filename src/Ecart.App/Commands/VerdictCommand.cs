using System.CommandLine;
using System.Globalization;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Events;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Explanation;

namespace Ecart.App.Commands;

/// <summary><c>ecart verdict</c>.</summary>
internal static class VerdictCommand
{
    public static Command Make()
    {
        var uid = new Argument<string>("UID") { Description = "The event." };
        var nearest = new Option<int>("--nearest") { Description = "How many of the entity's nearest normal events to show.", DefaultValueFactory = _ => 5 };
        Option<string> domain = ServedDomains.MakeOption("Domain of the event");
        var explain = new Command(
            "explain",
            "Score a stored event again from the log of its entity and the configuration of its time, and show every piece of evidence in words and "
            + "numbers; of transactions and declared domains. Exit code 0: the score comes out the same; 1: it differs; 2: there is no such event.") { uid, nearest, domain };
        explain.SetAction((parsed, cancellationToken) => ExplainAsync(
            ServedDomains.Find(parsed.GetRequiredValue(domain))!, parsed.GetRequiredValue(uid), parsed.GetValue(nearest), cancellationToken));
        return new Command("verdict", "What Ecart said of an event, and why: explain.") { explain };
    }

    private static async Task<int> ExplainAsync(IServedDomain domain, string uid, int nearest, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: domain).ConfigureAwait(false);
        ReproducedDomain reproduced = domain.Reproduction
            ?? throw new CommandException(
                $"Verdicts of {domain.Name} depend on more than the events of their entity: they cannot be scored again from those alone. "
                + $"The stored evidence: {StoredReasons(domain.MakeTable())}",
                ExitCode.Usage);
        ReproducedVerdict result = await new VerdictReproduction(store.ConnectionString, StoredModels.Loader(store.ConnectionString), reproduced)
            .RunAsync(uid, nearest, cancellationToken).ConfigureAwait(false)
            ?? throw new CommandException($"There is no event '{uid}' of {domain.Name} in the store.", ExitCode.Usage);
        ShowVerdict(result);
        ShowEvidence(result);
        foreach (NearEvent near in result.Nearest)
            Output.Result(Text($"  near       {near.Event.EventUid}, {near.Event.OccurredAt:yyyy-MM-dd HH:mm:ss}, {EventText.Of(near.Event)}, distance {near.Distance:F4}{Differing(near)}"));
        foreach (string notice in result.Notices) Output.Result("  note       " + notice);
        return result.HasSameScore ? ExitCode.Done : ExitCode.Failed;
    }

    private static string StoredReasons(IEventTable table) =>
        $"ecart sql \"select {table.ScoreColumn}, reasons FROM {table.Table} WHERE {table.UidColumn} = 'UID'\"";

    private static void ShowVerdict(ReproducedVerdict result)
    {
        LoggedVerdict stored = result.Stored;
        DomainEvent found = stored.Event.Event;
        Output.Result(Text(
            $"{found.EventUid}: {found.PrimaryEntityType} {found.PrimaryEntityId}, {found.OccurredAt:yyyy-MM-dd HH:mm:ss.FFFFFF}, {EventText.Of(found)}"));
        Output.Result(Text($"  place      lane {stored.Event.Lane}, seq {stored.Event.Seq}; state folded from {result.FoldedEntries} entries of the {found.PrimaryEntityType} before it"));
        Output.Result(Text(
            $"  versions   configuration {stored.Event.Verdict.ConfigurationVersion}, embedding {stored.Event.Verdict.EmbeddingVersion} ({(result.HasSameEmbedding ? "the same" : "different")} to the last bit)"));
        Output.Result($"  stored     {ScoreText(stored.Score)}, rank {ScoreText(stored.RankScore)}");
        Output.Result($"  reproduced {ScoreText(result.Reproduced.IsLate ? null : result.Reproduced.Score)}: {(result.HasSameScore ? "equal" : "DIFFERENT")}");
    }

    private static void ShowEvidence(ReproducedVerdict result)
    {
        foreach (ref readonly Evidence evidence in result.Reproduced.Evidence)
        {
            string code = evidence.Code;
            string detail = code == EvidenceCode.EntityHistory || (EvidenceCode.IsLearned(code) && double.IsNaN(evidence.Observed))
                ? result.Stored.Reasons.First(reason => reason.Type == code).Detail + " (as stored)"
                : EvidenceText.Describe(in evidence);
            Output.Result(Text($"  evidence   {code} +{evidence.Contribution:F6}: {detail}{Numbers(in evidence)}"));
        }

        foreach (IGrouping<(string Kind, int Version), DrivingFeature> model in result.Features.GroupBy(feature => (feature.Kind, feature.Version)))
        {
            string features = string.Join(", ", model.Select(feature => Text($"{feature.Feature} {100 * feature.Share:F0} %")));
            string made = model.Key.Kind == EvidenceCode.BehaviorDistance ? "layout" : "model";
            Output.Result($"  features   {model.Key.Kind} ({made} {model.Key.Version}): {features}");
        }

        foreach (VerdictReason reason in result.Stored.Reasons)
        {
            if (!Contains(result.Reproduced, reason.Type))
                Output.Result(Text($"  missing    {reason.Type} +{reason.Score:F6}: {reason.Detail} (stored, not reproduced)"));
        }
    }

    private static string Differing(NearEvent near) => near.Differences.Length == 0 ? "" : $", differs by {near.Differences}";

    private static bool Contains(Verdict verdict, string code)
    {
        foreach (ref readonly Evidence evidence in verdict.Evidence)
            if (evidence.Code == code) return true;
        return false;
    }

    private static string Numbers(in Evidence evidence)
    {
        var numbers = new List<string>();
        Add("observed", evidence.Observed);
        Add("expected", evidence.Expected);
        Add("threshold", evidence.Threshold);
        Add("significance", evidence.Significance);
        return numbers.Count == 0 ? "" : $" [{string.Join(", ", numbers)}]";

        void Add(string name, double value)
        {
            if (double.IsFinite(value)) numbers.Add($"{name} {value.ToString("G9", CultureInfo.InvariantCulture)}");
        }
    }

    private static string ScoreText(double? score) => score?.ToString("R", CultureInfo.InvariantCulture) ?? "none: the event was late";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
