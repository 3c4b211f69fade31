namespace Ecart.MariaDb.Writing;

/// <summary>How the published profiles of one domain's entities become rows. Every such table has the columns of embedding, configuration, lane and seq.</summary>
public interface IProfileTable<in TProfile>
{
    /// <summary>The table.</summary>
    string Table { get; }

    /// <summary>Column of the entity's id, unique.</summary>
    string KeyColumn { get; }

    /// <summary>The columns that <see cref="WriteRow"/> fills, in its order.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Writes one row.</summary>
    void WriteRow(TProfile profile, PublicationDetails details, RowWriter row);
}
