using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ecart.App.Terminal;
using Ecart.Events;
using Ecart.MariaDb.Reading;
using Spectre.Console;

namespace Ecart.App.Rejected;

/// <summary>Shows rejected records as a table, as JSON lines or as CSV.</summary>
internal static class RejectedListing
{
    private static readonly string[] Columns =
        ["id", "received_at", "source", "partition", "offset", "domain", "uid", "reason", "field", "value", "message", "retried_at"];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Shows records.</summary>
    public static void Show(IReadOnlyList<RejectedRow> rows, OutputForm form)
    {
        switch (form)
        {
            case OutputForm.Json:
                foreach (RejectedRow row in rows)
                    Output.Result(JsonSerializer.Serialize(Columns.Zip(Values(row)).ToDictionary(pair => pair.First, pair => pair.Second), Json));
                break;
            case OutputForm.Csv:
                Output.Result(string.Join(',', Columns));
                foreach (RejectedRow row in rows) Output.Result(string.Join(',', Values(row).Select(Quote)));
                break;
            default:
                var table = new Table { Border = TableBorder.Simple };
                table.AddColumns("id", "received", "source", "offset", "reason", "message");
                foreach (RejectedRow row in rows)
                {
                    table.AddRow(
                        $"{row.Id}", Time(row.ReceivedAt)!, Markup.Escape(row.Record.Source), $"{row.Record.Offset}", Name(row.Record.Reason),
                        Markup.Escape(row.Record.Message));
                }

                Output.Tables.Write(table);
                break;
        }
    }

    /// <summary>Shows everything about one record, its content at the end.</summary>
    public static void ShowOne(RejectedRow row)
    {
        foreach ((string name, string? value) in Columns.Zip(Values(row)))
            if (value is not null) Output.Result($"{name,-12} {value}");
        Output.Result($"{"payload",-12} {row.Record.Payload.Length:N0} bytes{(row.Record.Payload.IsEmpty ? ": not kept" : "")}");
        if (!row.Record.Payload.IsEmpty) Output.Result(Encoding.UTF8.GetString(row.Record.Payload.Span));
    }

    private static string?[] Values(RejectedRow row)
    {
        RejectedRecord record = row.Record;
        return
        [
            row.Id.ToString(CultureInfo.InvariantCulture), Time(row.ReceivedAt), record.Source, record.Partition.ToString(CultureInfo.InvariantCulture),
            record.Offset.ToString(CultureInfo.InvariantCulture), record.Domain, record.EventUid, Name(record.Reason), record.Field, record.Value,
            record.Message, Time(row.RetriedAt),
        ];
    }

    private static string Name(RejectReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    private static string? Time(DateTime? time) => time?.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Quote(string? text) =>
        text is null ? "" : text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
