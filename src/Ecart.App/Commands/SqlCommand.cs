using System.CommandLine;
using System.Globalization;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Writing;
using MySqlConnector;
using Spectre.Console;

namespace Ecart.App.Commands;

/// <summary><c>ecart sql</c>.</summary>
internal static class SqlCommand
{
    public static Command Make()
    {
        var statement = new Argument<string?>("STATEMENT")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "One or more statements, separated by semicolons. Without it they are read from standard input.",
        };
        var demo = new Option<bool>("--demo") { Description = "Ask the demo's database." };
        var command = new Command("sql", "Run SQL on the store and show the results, for machines without a MariaDB client. Tab-separated when piped.")
        {
            statement, demo,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string sql = parsed.GetValue(statement) ?? await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            return await RunAsync(sql, parsed.GetValue(demo) ? DemoCommand.DatabaseSuffix : "", cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(string sql, string suffix, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync(suffix, cancellationToken).ConfigureAwait(false);
        await using MySqlConnection connection = await StoreSession.OpenAsync(store.ConnectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(sql, connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        do
        {
            if (row.FieldCount > 0) await ShowAsync(row, cancellationToken).ConfigureAwait(false);
            else if (row.RecordsAffected >= 0) Output.Note($"{row.RecordsAffected:N0} rows affected");
        }
        while (await row.NextResultAsync(cancellationToken).ConfigureAwait(false));
        return ExitCode.Done;
    }

    private static async Task ShowAsync(MySqlDataReader row, CancellationToken cancellationToken)
    {
        string[] names = [.. Enumerable.Range(0, row.FieldCount).Select(row.GetName)];
        bool isTable = Output.Results.Profile.Capabilities.Interactive;
        Table table = new() { Border = TableBorder.Simple };
        if (isTable) table.AddColumns([.. names.Select(name => new TableColumn(Markup.Escape(name)))]);
        else Output.Result(string.Join('\t', names));
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            string[] values = [.. Enumerable.Range(0, row.FieldCount).Select(column => Text(row, column))];
            if (isTable) table.AddRow([.. values.Select(Markup.Escape)]);
            else Output.Result(string.Join('\t', values));
        }

        if (isTable) Output.Tables.Write(table);
    }

    private static string Text(MySqlDataReader row, int column) => row.GetValue(column) switch
    {
        DBNull => "NULL",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        byte[] bytes => "0x" + Convert.ToHexStringLower(bytes),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        { } value => value.ToString() ?? "",
    };
}
