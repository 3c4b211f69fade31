namespace Ecart.MariaDb.Schema;

/// <summary>The tables of events, partitioned by month of <c>occurred_at</c>.</summary>
public static class EventTable
{
    public const string Transactions = "financial_transactions";
    public const string Network = "network_connections";
    public const string Iot = "iot_measurements";

    /// <summary>Every domain without a table of its own.</summary>
    public const string Generic = "events";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Transactions, Network, Iot, Generic];

    /// <summary>The domains with a table of their own.</summary>
    private static readonly (string Domain, string Table)[] Own = [("transactions", Transactions), ("network", Network), ("iot", Iot)];

    /// <summary>The table that holds a domain's events.</summary>
    public static string OfDomain(string domain) => Own.FirstOrDefault(own => own.Domain == domain).Table ?? Generic;

    /// <summary>Condition that a row of a table and a lane, <c>event</c> and <c>lanes</c>, are of the same domain.</summary>
    internal static string SameDomain(string table) =>
        Own.FirstOrDefault(own => own.Table == table).Domain is { } domain ? $"lanes.domain = '{domain}'" : "lanes.domain = event.domain";
}
