using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// How one domain's events become rows of its table, and are read back exactly as they were scored. Stateless apart from scratch memory: one instance a
/// connection. A new domain's store is this and its migration.
/// </summary>
public interface IEventTable
{
    /// <summary>The domain.</summary>
    string Domain { get; }

    /// <summary>The table.</summary>
    string Table { get; }

    /// <summary>Floats in an embedding.</summary>
    int Dimension { get; }

    /// <summary>The columns that <see cref="WriteRow"/> fills, in its order.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Column of the event's uid.</summary>
    string UidColumn { get; }

    /// <summary>Column of the primary entity's id.</summary>
    string EntityColumn { get; }

    /// <summary>Column of the score.</summary>
    string ScoreColumn { get; }

    /// <summary>Column that says whether an event is flagged.</summary>
    string FlagColumn { get; }

    /// <summary>Column of what people have said of an event; NULL: nothing.</summary>
    string LabelColumn { get; }

    /// <summary>What <see cref="ReadRow"/> takes, in its order: columns of the table under the alias <c>t</c>, beginning with lane and seq.</summary>
    IReadOnlyList<string> ReadColumns { get; }

    /// <summary>Writes one row.</summary>
    void WriteRow(in ScoredEvent scored, RowWriter row);

    /// <summary>The event of a reader's current row, whose first columns are <see cref="ReadColumns"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="verdict">Receives the stored verdict.</param>
    ScoredEvent ReadRow(MySqlDataReader row, Verdict verdict);

    /// <summary>Condition that selects the domain's rows, ending in AND; empty when the table is the domain's own, which is the default.</summary>
    /// <param name="tableAlias">Name of the table in the query.</param>
    string RowsOf(string tableAlias) => "";
}
