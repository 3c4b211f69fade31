namespace Ecart.Bench.Pipeline;

/// <summary>How MySqlBulkCopy sends a vector: it writes text, never raw bytes.</summary>
internal enum VectorForm
{
    /// <summary>Bytes, which it spells as hexadecimal digits: 1,024 characters.</summary>
    Hexadecimal,

    /// <summary>Base64 that an expression decodes: 684 characters.</summary>
    Base64,
}
