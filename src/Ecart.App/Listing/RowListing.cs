using System.Text.Encodings.Web;
using System.Text.Json;
using Ecart.App.Terminal;
using Spectre.Console;

namespace Ecart.App.Listing;

/// <summary>Shows rows as a table, as JSON lines or as CSV.</summary>
internal static class RowListing
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Shows them.</summary>
    public static void Show(string[] columns, IReadOnlyList<string?[]> rows, OutputForm form)
    {
        switch (form)
        {
            case OutputForm.Json:
                foreach (string?[] row in rows)
                    Output.Result(JsonSerializer.Serialize(columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second), Json));
                break;
            case OutputForm.Csv:
                Output.Result(string.Join(',', columns));
                foreach (string?[] row in rows) Output.Result(string.Join(',', row.Select(Quote)));
                break;
            default:
                var table = new Table { Border = TableBorder.Simple };
                table.AddColumns(columns);
                foreach (string?[] row in rows) table.AddRow([.. row.Select(text => Markup.Escape(text ?? ""))]);
                Output.Tables.Write(table);
                break;
        }
    }

    private static string Quote(string? text) =>
        text is null ? "" : text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
