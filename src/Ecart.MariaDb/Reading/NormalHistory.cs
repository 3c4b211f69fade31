using System.Data;
using Ecart.MariaDb.Writing;
using Ecart.Vectors;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>
/// What models and clusters learn from: a domain's events that were not flagged, or that a person said were false positives; never late ones, never confirmed
/// ones. The same events give the same sample. Thread-safe.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="table">The domain's table; its shape alone is used.</param>
public sealed class NormalHistory(string connectionString, IEventTable table)
{
    private const string LayoutColumn = "t.layout_embedding";

    /// <summary>More than wanted are asked for, so that chance leaves too few only rarely.</summary>
    private const double Reserve = 1.1;

    private static readonly DateTime Oldest = new(1000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private string IsNormal => $"NOT t.is_late AND (t.{table.LabelColumn} = FALSE OR (t.{table.LabelColumn} IS NULL AND NOT t.{table.FlagColumn}))";

    private bool KeepsLayout => table.ReadColumns.Contains(LayoutColumn);

    private string HasLayout => KeepsLayout ? $"(t.embedding_version = @version OR {LayoutColumn} IS NOT NULL)" : "t.embedding_version = @version";

    private string Layout => KeepsLayout ? $"COALESCE({LayoutColumn}, t.embedding)" : "t.embedding";

    /// <summary>Draws normal events as the domain's layout has them, whatever model embedded them.</summary>
    /// <param name="layoutVersion">Version of the layout.</param>
    /// <param name="window">Length of event time before the newest event that they are taken from.</param>
    /// <param name="most">Events at most.</param>
    /// <param name="read">Told how many were read; null for nobody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<NormalEvents> ReadLayoutAsync(
        int layoutVersion, TimeSpan window, int most, IProgress<long>? read, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction snapshot = await BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        if (await FindSpanAsync(snapshot, window, cancellationToken).ConfigureAwait(false) is not { } span) return NormalEvents.None(layoutVersion, table.Dimension);
        string where = $"{IsNormal} AND {HasLayout}";
        await using MySqlCommand count = Command(snapshot, $"SELECT COUNT(*) {From(where)}", span, layoutVersion);
        long available = Convert.ToInt64(await count.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), null);
        return await SampleAsync(snapshot, Layout, where, span, layoutVersion, available, most, read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Draws normal events as they are embedded, of the version that the newest of them has.</summary>
    /// <param name="window">Length of event time before the newest event that they are taken from.</param>
    /// <param name="most">Events at most.</param>
    /// <param name="read">Told how many were read; null for nobody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is no normal event in the window.</returns>
    public async Task<NormalEvents?> ReadEmbeddedAsync(TimeSpan window, int most, IProgress<long>? read, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction snapshot = await BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        if (await FindSpanAsync(snapshot, window, cancellationToken).ConfigureAwait(false) is not { } span) return null;
        if (await FindVersionAsync(snapshot, span, cancellationToken).ConfigureAwait(false) is not var (version, available)) return null;
        return await SampleAsync(
            snapshot, "t.embedding", $"{IsNormal} AND t.embedding_version = @version", span, version, available, most, read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads confirmed ones of the newest days, to measure what a model makes of them; nothing may learn normality from them.</summary>
    /// <param name="layoutVersion">Version of the layout.</param>
    /// <param name="window">Length of event time before the newest event that is looked at.</param>
    /// <param name="most">Events at most, the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Matrix> ReadConfirmedAsync(int layoutVersion, TimeSpan window, int most, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using MySqlTransaction snapshot = await BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        if (await FindSpanAsync(snapshot, window, cancellationToken).ConfigureAwait(false) is not { } span) return new Matrix(0, table.Dimension);
        await using MySqlCommand command = Command(
            snapshot,
            $"SELECT t.occurred_at, t.lane, t.seq, {Layout} {From($"NOT t.is_late AND t.{table.LabelColumn} AND {HasLayout}")} ORDER BY t.occurred_at DESC, t.lane, t.seq LIMIT {most}",
            span,
            layoutVersion);
        return ToMatrix(await ReadAsync(command, null, cancellationToken).ConfigureAwait(false));
    }

    private async Task<NormalEvents> SampleAsync(
        MySqlTransaction snapshot,
        string vector,
        string where,
        (DateTime From, DateTime Until) span,
        int version,
        long available,
        int most,
        IProgress<long>? read,
        CancellationToken cancellationToken)
    {
        double share = available == 0 ? 0 : Math.Min(1, ((Reserve * most) + 100) / available);
        string uid = $"CRC32(t.{table.UidColumn})";
        await using MySqlCommand command = Command(
            snapshot,
            $"SELECT t.occurred_at, t.lane, t.seq, {vector} {From(where)} AND {uid} <= @limit ORDER BY {uid}, t.{table.UidColumn} LIMIT {most}",
            span,
            version);
        command.Parameters.AddWithValue("@limit", (uint)(share * uint.MaxValue));
        List<Row> rows = await ReadAsync(command, read, cancellationToken).ConfigureAwait(false);
        rows.Sort(static (one, other) => (one.At, one.Lane, one.Seq).CompareTo((other.At, other.Lane, other.Seq)));
        return rows.Count == 0 ? NormalEvents.None(version, table.Dimension) : new NormalEvents(version, ToMatrix(rows), rows[0].At, rows[^1].At, available);
    }

    private static async Task<List<Row>> ReadAsync(MySqlCommand command, IProgress<long>? read, CancellationToken cancellationToken)
    {
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<Row>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(new Row(DateTime.SpecifyKind(row.GetDateTime(0), DateTimeKind.Utc), row.GetInt32(1), row.GetInt64(2), VectorColumn.Read(row, 3).ToArray()));
            read?.Report(rows.Count);
        }

        return rows;
    }

    /// <summary>Rows of the domain's dimension: a table of several domains pads them with zeros.</summary>
    private Matrix ToMatrix(List<Row> rows)
    {
        var matrix = new Matrix(rows.Count, table.Dimension);
        for (int i = 0; i < rows.Count; i++) rows[i].Vector.AsSpan(0, table.Dimension).CopyTo(matrix.Row(i));
        return matrix;
    }

    private string From(string where) => $"FROM {table.Table} t WHERE {table.RowsOf("t")}t.occurred_at > @from AND t.occurred_at <= @until AND {where}";

    private static MySqlCommand Command(MySqlTransaction snapshot, string sql, (DateTime From, DateTime Until) span, int version)
    {
        var command = new MySqlCommand(sql, snapshot.Connection, snapshot);
        command.Parameters.AddWithValue("@from", span.From);
        command.Parameters.AddWithValue("@until", span.Until);
        command.Parameters.AddWithValue("@version", version);
        return command;
    }

    private static ValueTask<MySqlTransaction> BeginAsync(MySqlConnection connection, CancellationToken cancellationToken) =>
        connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, isReadOnly: true, cancellationToken);

    private async Task<(DateTime From, DateTime Until)?> FindSpanAsync(MySqlTransaction snapshot, TimeSpan window, CancellationToken cancellationToken)
    {
        string rows = table.RowsOf("t");
        await using var command = new MySqlCommand($"SELECT MAX(t.occurred_at) FROM {table.Table} t WHERE {rows}TRUE", snapshot.Connection, snapshot);
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not DateTime newest) return null;
        return (newest - TimeSpan.FromTicks(Math.Min(window.Ticks, newest.Ticks - Oldest.Ticks)), newest);
    }

    private async Task<(int Version, long Count)?> FindVersionAsync(
        MySqlTransaction snapshot, (DateTime From, DateTime Until) span, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = Command(
            snapshot,
            $"SELECT t.embedding_version, COUNT(*) {From(IsNormal)} GROUP BY t.embedding_version ORDER BY MAX(t.occurred_at) DESC, t.embedding_version DESC LIMIT 1",
            span,
            0);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await row.ReadAsync(cancellationToken).ConfigureAwait(false) ? (row.GetInt32(0), row.GetInt64(1)) : null;
    }

    private readonly record struct Row(DateTime At, int Lane, long Seq, float[] Vector);
}
