using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ecart.App.Terminal;
using Ecart.MariaDb.Delivery;
using Spectre.Console;

namespace Ecart.App.Alerts;

/// <summary>Shows messages about alerts as a table, as JSON lines or as CSV.</summary>
internal static class DeliveryListing
{
    private static readonly string[] Columns =
        ["id", "created_at", "route", "action", "kind", "severity", "count", "state", "attempts", "next_attempt_at", "delivered_at", "dedup_key", "last_error"];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Shows messages.</summary>
    public static void Show(IReadOnlyList<DeliveryRow> rows, OutputForm form)
    {
        switch (form)
        {
            case OutputForm.Json:
                foreach (DeliveryRow row in rows) Output.Result(JsonSerializer.Serialize(Columns.Zip(Values(row)).ToDictionary(pair => pair.First, pair => pair.Second), Json));
                break;
            case OutputForm.Csv:
                Output.Result(string.Join(',', Columns));
                foreach (DeliveryRow row in rows) Output.Result(string.Join(',', Values(row).Select(Quote)));
                break;
            default:
                var table = new Table { Border = TableBorder.Simple };
                table.AddColumns("id", "created", "route", "says", "alerts", "state", "attempts", "key", "last error");
                foreach (DeliveryRow row in rows)
                {
                    table.AddRow(
                        $"{row.Id}", Time(row.CreatedAt)!, Markup.Escape(row.Route), row.Kind == "alerts" ? row.Action : $"{row.Kind} {row.Action}", $"{row.Count}", row.State,
                        $"{row.Attempts}", Markup.Escape(row.DedupKey), Markup.Escape(row.LastError ?? ""));
                }

                Output.Tables.Write(table);
                break;
        }
    }

    private static string?[] Values(DeliveryRow row) =>
    [
        row.Id.ToString(CultureInfo.InvariantCulture), Time(row.CreatedAt), row.Route, row.Action, row.Kind, row.Severity, row.Count.ToString(CultureInfo.InvariantCulture),
        row.State, row.Attempts.ToString(CultureInfo.InvariantCulture), Time(row.NextAttemptAt), Time(row.DeliveredAt), row.DedupKey, row.LastError,
    ];

    private static string? Time(DateTime? time) => time?.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Quote(string? text) =>
        text is null ? "" : text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
