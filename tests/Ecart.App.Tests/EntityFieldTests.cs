using Ecart.App.Domains;
using Xunit;

namespace Ecart.App.Tests;

public sealed class EntityFieldTests
{
    [Theory]
    [InlineData("transactions")]
    [InlineData("network")]
    [InlineData("user_behavior")]
    [InlineData("iot")]
    public void EntityField_OfABuiltInDomain_IsARequiredFieldOfItsRecords(string domain)
    {
        IDomainSettings settings = ServedDomains.Find(domain)!.Read("{}");

        Assert.Contains(settings.MakeDecoder().Schema.Fields, field => field.Name == settings.EntityField && field.IsRequired);
    }
}
