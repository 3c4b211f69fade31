using System.Globalization;
using System.Text.Json;
using Ecart.App.Serve.Api;
using Ecart.App.Serve.Api.Calibration;
using Ecart.App.Terminal;
using Ecart.Calibration;
using Ecart.Scoring;
using Spectre.Console;

namespace Ecart.App.Calibration;

/// <summary>Shows what calibration found as a table, as JSON lines or as CSV.</summary>
internal static class CalibrationListing
{
    /// <summary>Shows decided alerts by score: a row a bucket of the domain and of each detector.</summary>
    public static void Show(IReadOnlyList<CalibrationTable> tables, OutputForm form)
    {
        string[] columns = ["detector", "score", "alerts", "true", "false", "precision", "false_and_above", "recall"];
        Rows(
            columns,
            tables.SelectMany(table => table.Buckets.Select(bucket => new object?[]
            {
                table.Code ?? "all", bucket.Score, bucket.Alerts, bucket.True, bucket.False, Share(bucket.Precision), bucket.FalseAndAbove, Share(bucket.Recall),
            })),
            form);
        if (tables.All(table => table.Buckets.Count == 0)) Output.Note("Nobody has decided an alert of these days yet.");
    }

    /// <summary>Shows a proposal.</summary>
    public static void Show(CalibrationState state, CalibrationProposal proposal, OutputForm form)
    {
        if (form == OutputForm.Json)
        {
            Output.Result(JsonSerializer.Serialize(CalibrationAnswers.Of(state, proposal), ApiJson.Options));
            return;
        }

        if (form == OutputForm.Table) Output.Result(CalibrationText.Of(proposal));
        Rows(
            ["proposed", "true", "false", "true_kept", "false_kept", "precision", "alerts_per_day"],
            [[proposal.Severity is not null, proposal.Basis.True, proposal.Basis.False, Share(proposal.Basis.TrueKept), Share(proposal.Basis.FalseKept), Share(proposal.Basis.Precision), Share(proposal.Basis.AlertsPerDay)]],
            form);
        if (form == OutputForm.Table && proposal.Severity?.Relevance is { } relevance)
        {
            Output.Result(string.Create(CultureInfo.InvariantCulture, $"An alert needs a chance of {relevance.Least:P1} that people confirm it; the evidence for and against:"));
            Rows(["evidence", "weight"], [["rank score", relevance.Rank], .. relevance.Weights.OrderByDescending(weight => weight.Weight).Select(weight => new object?[] { weight.Code, weight.Weight })], form);
        }
        else if (form == OutputForm.Table && proposal.Severity is { } severity)
        {
            Output.Result(string.Create(CultureInfo.InvariantCulture, $"Flag from a score of {severity.Flag:0.######}; it was {state.Severity.Flag:0.######}."));
        }
    }

    /// <summary>Shows a back-test.</summary>
    public static void Show(BackTest test, OutputForm form)
    {
        if (form == OutputForm.Json)
        {
            Output.Result(JsonSerializer.Serialize(CalibrationAnswers.Of(test), ApiJson.Options));
            return;
        }

        Rows(
            ["what", "alerts", "true", "false", "precision"],
            [Row("before", test.Before), Row("after", test.After), Row("lost", test.Lost), Row("gained", test.Gained)],
            form);
        if (form != OutputForm.Table) return;
        Output.Result(string.Create(CultureInfo.InvariantCulture, $"Of {test.Events:N0} events looked at, {test.Changes.Values.Sum():N0} would have another verdict; {test.TrueKept:P1} of the true alerts stay and {test.FalseKept:P1} of the false ones."));
        foreach (((Severity before, Severity after), int events) in test.Changes.OrderBy(change => change.Key.Before).ThenBy(change => change.Key.After))
            Output.Result(string.Create(CultureInfo.InvariantCulture, $"  {Name(before)} to {Name(after)}: {events:N0}"));
    }

    private static object?[] Row(string what, BackTestCount count) => [what, count.Alerts, count.True, count.False, Share(count.Precision)];

    private static string Name(Severity severity) => severity == Severity.None ? "no alert" : severity.ToString().ToLowerInvariant();

    private static double? Share(double share) => double.IsFinite(share) ? Math.Round(share, 6) : null;

    private static void Rows(string[] columns, IEnumerable<object?[]> rows, OutputForm form)
    {
        if (form == OutputForm.Json)
        {
            foreach (object?[] row in rows) Output.Result(JsonSerializer.Serialize(columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)));
        }
        else if (form == OutputForm.Csv)
        {
            Output.Result(string.Join(',', columns));
            foreach (object?[] row in rows) Output.Result(string.Join(',', row.Select(Text)));
        }
        else
        {
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumns([.. columns.Select(column => column.Replace('_', ' '))]);
            foreach (object?[] row in rows) table.AddRow([.. row.Select(value => Markup.Escape(Text(value)))]);
            Output.Tables.Write(table);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("0.######", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
