namespace Ecart.MariaDb.Writing;

/// <summary>How the published profiles of one domain's entities become rows. Every such table has the columns of embedding, configuration, lane and seq.</summary>
public interface IProfileTable<in TProfile>
{
    /// <summary>The table.</summary>
    string Table { get; }

    /// <summary>Column of the entity's id.</summary>
    string EntityColumn { get; }

    /// <summary>Columns that are unique beside it, named as those of <c>entity_state</c>: a table of several domains needs them. Default none.</summary>
    IReadOnlyList<string> OtherKeys => [];

    /// <summary>
    /// Column that tells several rows of one entity apart, text that is empty in the row of the whole entity, which every entity with rows has. Default null: one
    /// row an entity.
    /// </summary>
    string? PartColumn => null;

    /// <summary>Columns by which a row differs from the published one, beside the place in the log and the versions. Default none.</summary>
    IReadOnlyList<string> ComparedColumns => [];

    /// <summary>Entities whose state is in memory at once while they are published. Default 1,000.</summary>
    int EntitiesPerRead => 1000;

    /// <summary>The columns that <see cref="WriteRow"/> fills, in its order.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Writes one row.</summary>
    void WriteRow(TProfile profile, PublicationDetails details, RowWriter row);
}
