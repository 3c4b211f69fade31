using System.Globalization;
using System.Text.Json;
using Ecart.App.Serve.Api;
using Spectre.Console;

namespace Ecart.App.Terminal;

/// <summary>Shows rows as a table, as JSON objects a line as the API writes them, or as CSV.</summary>
internal static class RowListing
{
    /// <summary>Shows rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="form">How.</param>
    /// <param name="columns">Columns of table and CSV, with their values.</param>
    public static void Show<TRow>(IReadOnlyList<TRow> rows, OutputForm form, params (string Name, Func<TRow, object?> Value)[] columns)
    {
        switch (form)
        {
            case OutputForm.Json:
                foreach (TRow row in rows) Output.Result(JsonSerializer.Serialize(row, ApiJson.Options));
                break;
            case OutputForm.Csv:
                Output.Result(string.Join(',', columns.Select(column => column.Name)));
                foreach (TRow row in rows) Output.Result(string.Join(',', columns.Select(column => Quote(Text(column.Value(row))))));
                break;
            default:
                var table = new Table { Border = TableBorder.Simple };
                table.AddColumns([.. columns.Select(column => column.Name.Replace('_', ' '))]);
                foreach (TRow row in rows) table.AddRow([.. columns.Select(column => Markup.Escape(Text(column.Value(row))))]);
                Output.Tables.Write(table);
                break;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Enum choice => JsonNamingPolicy.SnakeCaseLower.ConvertName(choice.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
