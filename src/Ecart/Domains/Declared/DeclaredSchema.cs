namespace Ecart.Domains.Declared;

/// <summary>The fields of a declared domain's events, by index. Immutable.</summary>
public sealed class DeclaredSchema
{
    private readonly Dictionary<string, int> byName = new(StringComparer.Ordinal);

    /// <param name="domain">Name of the domain.</param>
    /// <param name="entity">The field that names the primary entity.</param>
    /// <param name="fields">Names and types, the entity's among them.</param>
    /// <exception cref="ArgumentException">A name is there twice, or the entity is not a text among them.</exception>
    public DeclaredSchema(string domain, string entity, params IReadOnlyList<(string Name, DeclaredFieldType Type)> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        Domain = domain;
        Fields = fields;
        for (int i = 0; i < fields.Count; i++) byName.Add(fields[i].Name, i);
        Entity = IndexOf(entity);
        if (Entity < 0 || fields[Entity].Type != DeclaredFieldType.Text) throw new ArgumentException($"'{entity}' is no text among the fields.", nameof(entity));
    }

    /// <summary>Name of the domain.</summary>
    public string Domain { get; }

    /// <summary>Names and types in order of their index.</summary>
    public IReadOnlyList<(string Name, DeclaredFieldType Type)> Fields { get; }

    /// <summary>Index of the field that names the primary entity.</summary>
    public int Entity { get; }

    /// <summary>Index of a field, or -1.</summary>
    public int IndexOf(string name) => byName.GetValueOrDefault(name, -1);

    /// <summary>Whether events of the other schema can be read by this one as they are.</summary>
    public bool IsSame(DeclaredSchema other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other) || (Domain == other.Domain && Entity == other.Entity && Fields.SequenceEqual(other.Fields));
    }

    /// <summary>The schema of a declaration's events.</summary>
    /// <param name="declaration">Validated.</param>
    public static DeclaredSchema Of(DomainDeclaration declaration)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        if (declaration.Base != DeclaredBase.None) return Based.TransactionFields.SchemaOf(declaration);
        return new(declaration.Name, declaration.Entity, [.. declaration.Fields.Select(field => (field.Name, field.Type))]);
    }
}
