using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;

namespace Ecart.App.Serve;

/// <summary>Decodes by what the configuration says at the time of each record. Not thread-safe: one owner a decoder.</summary>
/// <param name="current">The options of now; the same object for as long as they do not change.</param>
internal sealed class CurrentDecoder(Func<TransactionDecoderOptions> current) : IRecordDecoder
{
    private TransactionDecoderOptions options = current();
    private TransactionDecoder decoder = new(current());

    /// <inheritdoc/>
    public FieldSchema Schema => decoder.Schema;

    /// <inheritdoc/>
    public DecodedRecord Decode(in RecordFields record)
    {
        TransactionDecoderOptions now = current();
        if (!ReferenceEquals(now, options))
        {
            decoder = new TransactionDecoder(now);
            options = now;
        }

        return decoder.Decode(in record);
    }
}
