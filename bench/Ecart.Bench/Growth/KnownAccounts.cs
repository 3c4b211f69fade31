using System.Globalization;
using Ecart.Bench.Pipeline;
using Ecart.Domains.Transactions;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.Bench.Growth;

/// <summary>
/// A store that knows all accounts from before: each has the state that an engine gives an account of a dozen purchases, written by the server itself in key
/// order.
/// </summary>
internal sealed class KnownAccounts : IStateSink
{
    private const int Purchases = 12;
    private const int AccountsPerStatement = 100_000;

    private byte[] state = [];
    private int format;

    /// <summary>Bytes of one stored state.</summary>
    public int StateBytes => state.Length;

    /// <summary>Makes the one state that all accounts begin with.</summary>
    public static KnownAccounts Make(DateTime until)
    {
        var engine = new TransactionEngine(new TransactionOptions());
        var verdict = new Verdict(engine.Dimension);
        for (int i = 0; i < Purchases; i++)
        {
            TransactionEvent purchase = GrowthSource.Purchase(0, i, until.AddDays(i - Purchases).AddHours(i % 5));
            engine.Score(purchase, verdict);
            engine.Learn(new ScoredEvent(purchase, verdict, 0, i + 1));
        }

        var known = new KnownAccounts();
        engine.WriteCheckpoint(known);
        return known;
    }

    /// <summary>Empties the store, then writes the states of a population.</summary>
    public async Task StoreAsync(BenchmarkStore store, int accounts, CancellationToken cancellationToken)
    {
        await store.EmptyAsync(cancellationToken);
        await using MySqlConnection connection = await store.ConnectAsync(cancellationToken);
        for (int from = 0; from < accounts; from += AccountsPerStatement)
        {
            int to = Math.Min(accounts, from + AccountsPerStatement) - 1;
            await using var command = new MySqlCommand(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                     INSERT INTO entity_state (domain, entity_type, entity_id, lane, seq, format, state)
                     SELECT 'transactions', 'account', CONCAT('A', LPAD(seq, 7, '0')), 0, 0, @format, @state FROM seq_{from}_to_{to}
                     """),
                connection);
            command.Parameters.AddWithValue("@format", format);
            command.Parameters.AddWithValue("@state", state);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public void Entity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state)
    {
        if (entityType != "account") return;
        this.format = format;
        this.state = state.ToArray();
    }

    public void History(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
        // The histories of the runs begin empty.
    }
}
