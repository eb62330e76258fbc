import { useProduct } from "@bodega/sdk/react";
import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../../../shared/page/page.tsx";
import { ProductEditor } from "./product-editor.tsx";

const route = getRouteApi("/shell/catalog/$productId");

export default function ProductPage() {
  const { t } = useTranslation("catalog");
  const { productId } = route.useParams();
  const navigate = useNavigate();
  const { product } = useProduct(productId);
  return (
    <Page
      title={product?.name ?? t("product.sheet")}
      lead={product?.sku}
      action={
        <Button component={Link} to="/catalog" variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />}>
          {t("product.back")}
        </Button>
      }
    >
      <ProductEditor productId={productId} onGone={() => void navigate({ to: "/catalog" })} />
    </Page>
  );
}
