using System.Text;
using Ecart.Events.Decoding;
using Xunit;

namespace Ecart.Tests.Events.Decoding;

public sealed class FieldMapTests
{
    private static readonly FieldSchema Schema = new(
        "cards",
        new FieldDefinition("account", true, "account_id", "customer_id"),
        new FieldDefinition("currency", false),
        new FieldDefinition("merchant_category", false, "mcc"));

    [Theory]
    [InlineData("account")]
    [InlineData("ACCOUNT_ID")]
    [InlineData("accountId")]
    [InlineData("Customer Id")]
    public void TryBind_NameOrSynonymInAnyWriting_IsRecognised(string column)
    {
        var binding = Bind(null, "x", column);

        Assert.Equal((1, -1, -1), (binding.ColumnOf(0), binding.ColumnOf(1), binding.ColumnOf(2)));
    }

    [Fact]
    public void TryBind_SeveralSynonyms_TakesTheMostTelling() => Assert.Equal(1, Bind(null, "customer_id", "account_id").ColumnOf(0));

    [Fact]
    public void TryBind_ExplicitMap_WinsOverNames()
    {
        var binding = Bind("account=mcc, currency='it''s', merchant_category=\"a, b\"", "account", "MCC", "a, b");

        Assert.Equal((1, -1, 2), (binding.ColumnOf(0), binding.ColumnOf(1), binding.ColumnOf(2)));
        Assert.Equal("it's", Encoding.UTF8.GetString(binding.ConstantOf(1)));
        Assert.Equal("account (column MCC)", binding.Describe(0));
    }

    [Theory]
    [InlineData("acount=x", "'acount' is not a field of cards. Did you mean 'account'? Known fields: account, currency, merchant_category.")]
    [InlineData("account", "'account' is not a mapping")]
    [InlineData("account=", "is not a mapping")]
    [InlineData("account='x", "is not a mapping")]
    [InlineData("account=a,account=b", "'account' is mapped twice")]
    public void TryParse_BadText_SaysWhatToDo(string text, string message)
    {
        Assert.False(FieldMap.TryParse(text, Schema, out _, out var error));
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("account=CUSTOMER", "The file has no column 'CUSTOMER', which --map gives for account. Did you mean 'CUSTOMER_NO'? Its columns: CUSTOMER_NO, other.")]
    [InlineData("", "No column holds account, which every record of cards needs. Add --map account=COLUMN. Its columns: CUSTOMER_NO, other.")]
    public void TryBind_MissingColumn_ListsColumns(string map, string message)
    {
        Assert.True(FieldMap.TryParse(map, Schema, out var fields, out _));
        Assert.False(fields.TryBind(["CUSTOMER_NO", "other"], out _, out var error));
        Assert.Contains(message, error);
    }

    private static FieldBinding Bind(string? map, params string[] columns)
    {
        Assert.True(FieldMap.TryParse(map, Schema, out var fields, out var error), error);
        Assert.True(fields.TryBind(columns, out var binding, out error), error);
        return binding;
    }
}
