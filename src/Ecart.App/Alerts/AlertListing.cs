using System.Globalization;
using System.Text.Json;
using Ecart.App.Serve.Api;
using Ecart.App.Serve.Api.Alerts;
using Ecart.App.Terminal;
using Ecart.MariaDb.Alerts;
using Ecart.Scoring;
using Spectre.Console;

namespace Ecart.App.Alerts;

/// <summary>Shows alerts and what became of actions on them, as a table, as JSON lines or as CSV.</summary>
internal static class AlertListing
{
    private const string Columns = "id,occurred_at,domain,entity_type,entity_id,event_uid,severity,score,status,assigned_to,revision,updated_at,detail";

    /// <summary>Shows a list.</summary>
    public static void Show(IReadOnlyList<Alert> alerts, OutputForm form)
    {
        switch (form)
        {
            case OutputForm.Json:
                foreach (Alert alert in alerts) Output.Result(JsonSerializer.Serialize(AlertItem.Of(alert), ApiJson.Options));
                break;
            case OutputForm.Csv:
                Output.Result(Columns);
                foreach (Alert alert in alerts) Output.Result(string.Join(',', Values(alert).Select(Quote)));
                break;
            default:
                var table = new Table { Border = TableBorder.Simple };
                table.AddColumns("id", "when", "domain", "who", "severity", "score", "status", "work of", "what");
                foreach (Alert alert in alerts)
                {
                    table.AddRow(
                        $"{alert.Id}", Time(alert.OccurredAt), Markup.Escape(alert.Domain), Markup.Escape($"{alert.EntityType} {alert.EntityId}"), Name(alert.Severity),
                        alert.Score.ToString("F2", CultureInfo.InvariantCulture), Name(alert.Status), Markup.Escape(alert.AssignedTo ?? ""), Markup.Escape(Detail(alert)));
                }

                Output.Tables.Write(table);
                break;
        }
    }

    /// <summary>Shows everything about one.</summary>
    public static void Show(AlertDossier dossier, OutputForm form)
    {
        Alert alert = dossier.Alert;
        if (form == OutputForm.Json)
        {
            Output.Result(JsonSerializer.Serialize(AlertDetail.Of(dossier), ApiJson.Options));
            return;
        }

        if (form == OutputForm.Csv)
        {
            Show([alert], form);
            return;
        }

        Output.Result(Text($"alert {alert.Id}: {Detail(alert)}"));
        Output.Result(Text($"  who        {alert.EntityType} {alert.EntityId}, {alert.Domain}, event {alert.EventUid}, {Time(alert.OccurredAt)}"));
        Output.Result(Text($"  verdict    {Name(alert.Severity)}, score {alert.Score:F6}, flagged from {dossier.Bands.Flag:F2} on"));
        Output.Result(Text($"  work       {Name(alert.Status)}, {(alert.AssignedTo is { } person ? "work of " + person : "nobody's work")}, revision {alert.Revision}"));
        foreach (AlertFinding finding in alert.Explanation.Findings) Output.Result(Text($"  evidence   {finding.Code} +{finding.Score:F6}: {finding.Detail}"));
        foreach (FeatureShare feature in dossier.Features) Output.Result(Text($"  feature    {feature.Name} {100 * feature.Share:F0} %"));
        foreach (EventField field in dossier.Event?.Fields ?? []) Output.Result(Text($"  field      {field.Name} {field.Value}"));
        foreach (NearestEvent near in dossier.Nearest)
            Output.Result(Text($"  near       {near.Event.Uid}, {Time(near.Event.OccurredAt)}, distance {near.Distance:F4}, differs by {string.Join(", ", near.Differences)}"));
        foreach (Alert other in dossier.Related) Output.Result(Text($"  related    {other.Id}, {Time(other.OccurredAt)}, {Name(other.Severity)}, {Name(other.Status)}: {Detail(other)}"));
        foreach (AlertHistoryEntry entry in dossier.History.Reverse())
            Output.Result(Text($"  history    {Time(entry.DoneAt)} {entry.Actor} {Name(entry.Action)} {entry.From} {(entry.To is null ? "" : "to " + entry.To)} {entry.Note}").TrimEnd());
    }

    /// <summary>Shows what became of an action.</summary>
    public static void Show(IEnumerable<AlertActionAnswer> answers, OutputForm form)
    {
        if (form == OutputForm.Csv) Output.Result("id,outcome,status,assigned_to,revision,label,detail");
        foreach (AlertActionAnswer answer in answers)
        {
            string?[] values =
            [
                $"{answer.Id}", Name(answer.Outcome), answer.AlertStatus is { } status ? Name(status) : null, answer.AssignedTo, $"{answer.Revision}",
                answer.Label is { } label ? Name(label) : null, answer.Detail,
            ];
            Output.Result(form switch
            {
                OutputForm.Json => JsonSerializer.Serialize(answer, ApiJson.Options),
                OutputForm.Csv => string.Join(',', values.Select(Quote)),
                _ => $"alert {answer.Id}: {Name(answer.Outcome)}{(answer.Detail is { } detail ? ". " + detail : "")}",
            });
        }
    }

    private static string?[] Values(Alert alert) =>
    [
        $"{alert.Id}", Time(alert.OccurredAt), alert.Domain, alert.EntityType, alert.EntityId, alert.EventUid, Name(alert.Severity),
        alert.Score.ToString(CultureInfo.InvariantCulture), Name(alert.Status), alert.AssignedTo, $"{alert.Revision}", Time(alert.UpdatedAt), Detail(alert),
    ];

    private static string Detail(Alert alert) => alert.Explanation.Strongest?.Detail ?? "";

    private static string Name<TChoice>(TChoice choice)
        where TChoice : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(choice.ToString());

    private static string Time(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string? text) =>
        text is null ? "" : text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
