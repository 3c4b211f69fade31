using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;

namespace Ecart.Domains.Declared.Based;

/// <summary>Makes events of a declared domain over the base transactions of records, by the base's own rules. Not thread-safe.</summary>
public sealed class BasedDecoder : IRecordDecoder
{
    private readonly DeclaredSchema schema;
    private readonly TransactionDecoder decoder;

    /// <param name="declaration">The domain.</param>
    /// <param name="time">Tells now: an event may be a day ahead of it. Null takes the system's.</param>
    /// <exception cref="Scoring.OptionsException">The declaration cannot be used.</exception>
    public BasedDecoder(DomainDeclaration declaration, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        declaration.Validate();
        schema = TransactionFields.SchemaOf(declaration);
        Schema = TransactionFields.RecordsOf(declaration);
        decoder = new TransactionDecoder(TransactionDecoderOptions.From(declaration.Transactions ?? TransactionOptions.Default) with { Domain = declaration.Name }, time);
    }

    /// <inheritdoc/>
    public FieldSchema Schema { get; }

    /// <inheritdoc/>
    public DecodedRecord Decode(in RecordFields record)
    {
        DecodedRecord decoded = decoder.Decode(in record);
        return decoded.Event is TransactionEvent transaction ? new DecodedRecord(TransactionFields.Declare(transaction, schema), decoded.Truth) : decoded;
    }
}
