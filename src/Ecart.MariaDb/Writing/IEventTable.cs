using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>How one domain's events become rows of its table. Stateless apart from scratch memory: one instance a connection.</summary>
public interface IEventTable
{
    /// <summary>The domain.</summary>
    string Domain { get; }

    /// <summary>The table.</summary>
    string Table { get; }

    /// <summary>The columns that <see cref="WriteRow"/> fills, in its order.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Writes one row.</summary>
    void WriteRow(in ScoredEvent scored, RowWriter row);
}
